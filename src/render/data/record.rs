//! The JSON file of a document: what others build on, so its names change only with `version`.

use crate::document::{Fields, TextKind};
use crate::portal::{DocId, Incoming, Proposed, StatusRecord, Target, Treated};
use crate::render::data::json_bytes;
use crate::render::parts::{linked_text, status};
use crate::render::site::{Site, datetime};
use crate::schema::Keys;
use crate::sitemap::{Page, has_text};
use portolan_customs::{HtsNumber, RulingNumber};
use serde::Serialize;
use serde_json::{Map, Value};

/// A document as data. Addresses are absolute where the settings have a `base_url`, else relative to the root.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RecordView {
    /// The version of this form: 2.
    pub(crate) version: u8,
    /// `ruling`, `decision`, …
    pub(crate) kind: String,
    /// Number or citation; absent where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) number: Option<String>,
    /// Title.
    pub(crate) title: String,
    /// `2018-11-05`, `2018-11`, `2018`; absent where unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) date: Option<String>,
    /// Whether a ruling is in force, as of which day, and on what basis; or what later decisions did to a decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<RecordStatus>,
    /// What else came after a decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status_note: Option<String>,
    /// What the text is: `letter`, `summary`, `record` or `unstated`; absent where it reproduces nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<&'static str>,
    /// One or two sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) summary: Option<String>,
    /// Categories or types.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) categories: Vec<String>,
    /// Tariff numbers with dots.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) hts: Vec<String>,
    /// Those of them that the portal's edition of the tariff does not have; absent where it has all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) hts_not_in_edition: Vec<String>,
    /// Countries of origin, ISO 3166-1 alpha-2.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) origin: Vec<String>,
    /// Slugs of its Centers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) centers: Vec<String>,
    /// The slug of the office that issued it; absent where the portal does not have that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) issued_by: Option<String>,
    /// What it does to other rulings: `revokes`, …
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) changes: Vec<RecordLink>,
    /// What was done to it, oldest first: `revoked by`, …
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) history: Vec<RecordLink>,
    /// What was proposed for it, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) proposals: Vec<RecordProposal>,
    /// Rulings that it proposes to change, of a notice: `proposes to revoke`, …
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) proposes: Vec<RecordLink>,
    /// The last day for comments on what it proposes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) comments_until: Option<String>,
    /// When it withdrew what it proposes: a date, or `unknown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) withdrawn: Option<String>,
    /// Rulings that it cites.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) cites: Vec<RecordLink>,
    /// Documents that cite it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) cited_by: Vec<RecordLink>,
    /// Where its facts come from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) sources: Vec<String>,
    /// What else a document of a kind that is data alone says, under its keys of front matter.
    #[serde(flatten)]
    pub(crate) keys: Map<String, Value>,
    /// Its page.
    pub(crate) url: String,
    /// Its text; absent where the settings leave it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text_url: Option<String>,
    /// Its official page outside of the portal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) official_url: Option<String>,
    /// Whether an authority publishes this as its own.
    pub(crate) official: bool,
}

/// Whether a ruling is in force, as of which day, and on what basis; or what later decisions did to a decision.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RecordStatus {
    /// The three parts.
    #[serde(flatten)]
    pub(crate) status: StatusRecord,
    /// The three parts in sentences.
    pub(crate) words: String,
    /// The ruling or the decision that it follows from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) by: Option<RecordLink>,
}

/// A change of a ruling that a notice proposes.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RecordProposal {
    /// `revocation proposed by` or `modification proposed by`, and the notice.
    #[serde(flatten)]
    pub(crate) notice: RecordLink,
    /// When the notice was published; absent where unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) date: Option<String>,
    /// The last day for comments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) comments_until: Option<String>,
    /// When it was withdrawn: a date, or `unknown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) withdrawn: Option<String>,
    /// Whether it was neither withdrawn nor carried out.
    pub(crate) pending: bool,
}

/// Another document.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct RecordLink {
    /// `revokes`, `revoked by`, …; absent for citations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) relation: Option<&'static str>,
    /// Number or citation, else the title.
    pub(crate) number: String,
    /// Its page here, or in CROSS; absent for a decision that the portal does not have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
    /// Whether the relation was found in the text and no editor has confirmed it; absent where not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) unconfirmed: bool,
}

/// The file of a document.
pub(crate) fn json(site: Site<'_>, id: DocId) -> Vec<u8> {
    json_bytes(&record(site, id))
}

fn record(site: Site<'_>, id: DocId) -> RecordView {
    let portal = site.portal;
    let document = portal.document(id);
    let summary = portal.summary(id);
    let relations = &portal.graph.relations;
    let proposal = document.proposal.as_ref();
    let incoming = portal.graph.status[id].history.iter();
    let incoming = incoming.map(|incoming| record_incoming(site, incoming));
    let later = portal.graph.subsequent[id].steps.iter();
    let later = later.map(|step| record_treated(site, step));
    let not_in_edition = |number: &&HtsNumber| linked_text::number_note(site, number).is_some();
    RecordView {
        version: 2,
        kind: site.kinds().name(summary.kind).to_owned(),
        title: summary.title.to_owned(),
        date: datetime(summary.date),
        status: record_status(site, id),
        status_note: document.fields.status_note().map(str::to_owned),
        keys: keys(&document.fields),
        text: summary.text.map(TextKind::name),
        summary: summary.summary.map(str::to_owned),
        categories: texts(summary.categories),
        hts: texts(summary.hts),
        hts_not_in_edition: texts(summary.hts.iter().filter(not_in_edition)),
        origin: texts(summary.origin.iter().map(|country| country.code())),
        centers: texts(portal.slugs(summary.centers)),
        issued_by: summary.issued_by.map(str::to_owned),
        changes: relations.changes[id]
            .iter()
            .map(|relation| RecordLink {
                unconfirmed: relation.unconfirmed,
                ..record_target(site, Some(relation.change.verb()), &relation.target)
            })
            .collect(),
        history: incoming.chain(later).collect(),
        proposals: portal
            .graph
            .proposals
            .of(id)
            .iter()
            .map(|proposed| record_proposal(site, proposed))
            .collect(),
        proposes: portal
            .graph
            .proposals
            .made(id)
            .iter()
            .map(|it| record_target(site, Some(it.intent.verb()), &it.target))
            .collect(),
        comments_until: proposal.and_then(|it| datetime(it.comments_until)),
        withdrawn: proposal
            .and_then(|it| it.withdrawn)
            .map(|date| date.to_string()),
        cites: relations.cites[id]
            .iter()
            .map(|citing| record_target(site, None, &citing.target))
            .collect(),
        cited_by: relations.cited_by[id]
            .iter()
            .map(|cited| record_link(site, None, cited.by))
            .collect(),
        sources: document.common.source.clone(),
        url: site.absolute(summary.address),
        text_url: has_text(portal, site.config, id)
            .then(|| site.absolute(&site.address(&Page::Text(id)))),
        official_url: document.fields.ruling_number().map(RulingNumber::cross_url),
        official: site.config.official,
        number: summary.number,
    }
}

/// The keys of a kind that is data alone, but those that every record has.
fn keys(fields: &Fields) -> Map<String, Value> {
    let declared = fields.declared();
    let value = declared.map(|declared| serde_json::to_value(Keys::canonical(declared)));
    let Some(Ok(Value::Object(mut keys))) = value else {
        return Map::new();
    };
    for shared in ["date", "number", "hts", "status_note"] {
        keys.remove(shared);
    }
    keys
}

fn record_status(site: Site<'_>, id: DocId) -> Option<RecordStatus> {
    let cause = site.portal.graph.status[id].cause.as_ref();
    let cause = cause.map(|cause| record_incoming(site, cause));
    let subsequent = &site.portal.graph.subsequent[id];
    let later = subsequent
        .standing
        .map(|standing| &subsequent.steps[standing.step]);
    Some(RecordStatus {
        status: site.portal.status_record(id)?,
        words: status::sentences(site, id)?,
        by: cause.or_else(|| later.map(|step| record_treated(site, step))),
    })
}

fn record_target(site: Site<'_>, relation: Option<&'static str>, target: &Target) -> RecordLink {
    RecordLink {
        relation,
        number: target.number.with_collection(),
        url: Some(match target.document {
            Some(id) => site.absolute(site.portal.addresses.of(id)),
            None => target.number.cross_url(),
        }),
        unconfirmed: false,
    }
}

fn record_incoming(site: Site<'_>, incoming: &Incoming) -> RecordLink {
    RecordLink {
        unconfirmed: incoming.unconfirmed,
        ..record_target(site, Some(incoming.change.passive()), &incoming.by)
    }
}

fn record_treated(site: Site<'_>, step: &Treated) -> RecordLink {
    let relation = Some(step.treatment.relation());
    match step.document {
        Some(id) => record_link(site, relation, id),
        None => RecordLink {
            relation,
            number: step.name.clone(),
            ..RecordLink::default()
        },
    }
}

fn record_proposal(site: Site<'_>, proposed: &Proposed) -> RecordProposal {
    RecordProposal {
        notice: record_link(site, Some(proposed.intent.passive()), proposed.by),
        date: datetime(Some(proposed.date)),
        comments_until: datetime(proposed.comments_until),
        withdrawn: proposed.withdrawn.map(|date| date.to_string()),
        pending: proposed.is_pending,
    }
}

fn record_link(site: Site<'_>, relation: Option<&'static str>, id: DocId) -> RecordLink {
    let document = site.portal.summary(id);
    RecordLink {
        relation,
        number: document.name(),
        url: Some(site.absolute(document.address)),
        unconfirmed: false,
    }
}

fn texts<T: ToString>(values: impl IntoIterator<Item = T>) -> Vec<String> {
    values.into_iter().map(|value| value.to_string()).collect()
}
