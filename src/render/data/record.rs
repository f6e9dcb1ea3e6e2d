//! The JSON file of a document: what others build on, so its names change only with `version`.

use crate::document::{Fields, TextKind};
use crate::plan::has_text;
use crate::portal::{DocId, Incoming, Proposed, StatusRecord, Target, Treated, beside};
use crate::render::data::json_bytes;
use crate::render::parts::{linked_text, status};
use crate::render::site::{Site, datetime};
use portolan_customs::{PartialDate, RulingNumber};
use serde::Serialize;

/// A document as data. Addresses are absolute where the settings have a `base_url`, else relative to the root.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RecordView {
    /// The version of this form: 2.
    pub(crate) version: u8,
    /// `ruling`, `decision`, …
    pub(crate) kind: String,
    /// Number or citation; absent where it has none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) number: String,
    /// Title.
    pub(crate) title: String,
    /// `2018-11-05`, `2018-11`, `2018`; absent where unknown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) date: String,
    /// Whether a ruling stands, as of which day, and on what that rests; or what became of a decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<RecordStatus>,
    /// What else came after a decision.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) status_note: String,
    /// What the text is: `letter`, `summary`, `record` or `unstated`; absent where it reproduces nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<&'static str>,
    /// One or two sentences.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) summary: String,
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
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) issued_by: String,
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
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) comments_until: String,
    /// When it withdrew what it proposes: a date, or `unknown`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) withdrawn: String,
    /// Rulings that it cites.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) cites: Vec<RecordLink>,
    /// Documents that cite it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) cited_by: Vec<RecordLink>,
    /// Where its facts come from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) sources: Vec<String>,
    /// Its page.
    pub(crate) url: String,
    /// Its text; absent where the settings leave it out.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) text_url: String,
    /// Its official page outside of the portal.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) official_url: String,
    /// Whether an authority publishes this as its own.
    pub(crate) official: bool,
}

/// Whether a ruling stands, as of which day, and on what that rests; or what became of a decision.
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
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) date: String,
    /// The last day for comments.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) comments_until: String,
    /// When it was withdrawn: a date, or `unknown`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) withdrawn: String,
    /// Whether it was neither withdrawn nor carried out.
    pub(crate) pending: bool,
}

/// Another document.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RecordLink {
    /// `revokes`, `revoked by`, …; absent for citations.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) relation: &'static str,
    /// Number or citation, else the title.
    pub(crate) number: String,
    /// Its page here, or in CROSS; absent for a decision that the portal does not have.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) url: String,
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
    let relations = &portal.relations;
    let at = id.0 as usize;
    let page = portal.addresses.of(id);
    let proposal = document.proposal.as_ref();
    let target = |relation, target: &Target| record_target(site, relation, target);
    let incoming = |incoming: &Incoming| record_incoming(site, incoming);
    RecordView {
        version: 2,
        kind: portal.schema.kinds.name(document.kind).to_owned(),
        number: document.fields.number().unwrap_or_default(),
        title: document.common.title.clone(),
        date: document.fields.date().map(datetime).unwrap_or_default(),
        status: record_status(site, id),
        status_note: match &document.fields {
            Fields::Decision(decision) => decision.status_note.clone().unwrap_or_default(),
            _ => String::new(),
        },
        text: document.text_kind().map(TextKind::name),
        summary: document.common.summary.clone().unwrap_or_default(),
        categories: document.fields.forms(),
        hts: texts(document.fields.hts()),
        hts_not_in_edition: document
            .fields
            .hts()
            .iter()
            .filter(|number| !linked_text::number_note(site, number).is_empty())
            .map(ToString::to_string)
            .collect(),
        origin: document.fields.origin().to_vec(),
        centers: portal
            .slugs(portal.membership.centers_of(id))
            .map(str::to_owned)
            .collect(),
        issued_by: portal.issuer_slug(id).unwrap_or_default().to_owned(),
        changes: relations.changes[at]
            .iter()
            .map(|relation| RecordLink {
                unconfirmed: relation.unconfirmed,
                ..target(relation.change.verb(), &relation.target)
            })
            .collect(),
        history: portal.status[at]
            .history
            .iter()
            .map(incoming)
            .chain(
                portal.subsequent[at]
                    .steps
                    .iter()
                    .map(|step| record_treated(site, step)),
            )
            .collect(),
        proposals: portal
            .proposals
            .of(id)
            .iter()
            .map(|proposed| record_proposal(site, proposed))
            .collect(),
        proposes: portal
            .proposals
            .made(id)
            .iter()
            .map(|proposing| target(proposing.intent.verb(), &proposing.target))
            .collect(),
        comments_until: proposal.map_or_else(String::new, |it| known(it.comments_until)),
        withdrawn: proposal.map_or_else(String::new, |it| written(it.withdrawn)),
        cites: relations.cites[at]
            .iter()
            .map(|citing| target("", &citing.target))
            .collect(),
        cited_by: relations.cited_by[at]
            .iter()
            .map(|cited| record_link(site, cited.by))
            .collect(),
        sources: document.common.source.clone(),
        url: site.absolute(page),
        text_url: if has_text(portal, site.config, id) {
            site.absolute(&beside(page, "txt"))
        } else {
            String::new()
        },
        official_url: document
            .fields
            .ruling_number()
            .map(RulingNumber::cross_url)
            .unwrap_or_default(),
        official: site.config.official,
    }
}

pub(crate) fn record_status(site: Site<'_>, id: DocId) -> Option<RecordStatus> {
    let place = id.0 as usize;
    let cause = site.portal.status[place].cause.as_ref();
    let cause = cause.map(|cause| record_incoming(site, cause));
    let subsequent = &site.portal.subsequent[place];
    let later = subsequent
        .standing
        .map(|standing| &subsequent.steps[standing.step]);
    Some(RecordStatus {
        status: site.portal.status_record(id)?,
        words: status::sentences(site, id),
        by: cause.or_else(|| later.map(|step| record_treated(site, step))),
    })
}

pub(crate) fn record_target(site: Site<'_>, relation: &'static str, target: &Target) -> RecordLink {
    RecordLink {
        relation,
        number: target.number.with_collection(),
        url: match target.document {
            Some(id) => site.absolute(site.portal.addresses.of(id)),
            None => target.number.cross_url(),
        },
        unconfirmed: false,
    }
}

pub(crate) fn record_incoming(site: Site<'_>, incoming: &Incoming) -> RecordLink {
    RecordLink {
        unconfirmed: incoming.unconfirmed,
        ..record_target(site, incoming.change.passive(), &incoming.by)
    }
}

pub(crate) fn record_treated(site: Site<'_>, step: &Treated) -> RecordLink {
    let relation = step.treatment.relation();
    match step.document {
        Some(id) => RecordLink {
            relation,
            ..record_link(site, id)
        },
        None => RecordLink {
            relation,
            number: step.name.clone(),
            url: String::new(),
            unconfirmed: false,
        },
    }
}

pub(crate) fn record_proposal(site: Site<'_>, proposed: &Proposed) -> RecordProposal {
    RecordProposal {
        notice: RecordLink {
            relation: proposed.intent.passive(),
            ..record_link(site, proposed.by)
        },
        date: known(Some(proposed.date)),
        comments_until: known(proposed.comments_until),
        withdrawn: written(proposed.withdrawn),
        pending: proposed.is_pending,
    }
}

pub(crate) fn record_link(site: Site<'_>, id: DocId) -> RecordLink {
    let document = site.portal.document(id);
    RecordLink {
        relation: "",
        number: document
            .fields
            .number()
            .unwrap_or_else(|| document.common.title.clone()),
        url: site.absolute(site.portal.addresses.of(id)),
        unconfirmed: false,
    }
}

/// A date that is known; else empty.
pub(crate) fn known(date: Option<PartialDate>) -> String {
    date.map(datetime).unwrap_or_default()
}

/// A date or `unknown`; empty where there is none.
pub(crate) fn written(date: Option<PartialDate>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

pub(crate) fn texts<T: ToString>(values: &[T]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}
