//! What pages show of a document that is not their own, and what follows for a document from others.
//!
//! Each record of the portal is taken apart, so that a field that is added to one asks here whether it is an input.

use super::{Hashes, Inputs};
use crate::document::Fields;
use crate::document::TextKind;
use crate::portal::{
    Cited, Citing, DocId, DocumentSummary, Event, EventKind, Incoming, Proposed, Proposing,
    Relation, Status, StatusSummary, Subsequent, Target, Treated, Unpublished, effective,
};
use crate::render::parts::status::changed_on;
use crate::render::site::Site;
use crate::tables::COVERAGE_FILE;
use jiff::civil::Date;
use portolan_customs::PartialDate;

/// What other pages show of a document.
pub(super) fn summary(site: Site<'_>, id: DocId, inputs: &mut Inputs) {
    let DocumentSummary {
        number,
        title,
        kind,
        categories,
        date,
        status,
        hts,
        origin,
        centers,
        issued_by,
        summary,
        text,
        unpublished,
        address,
    } = site.portal.summary(id);
    inputs.maybe(number.as_deref(), Inputs::text);
    inputs.text(title);
    inputs.text(site.kinds().name(kind));
    inputs.list(categories, Inputs::text);
    inputs.maybe(date, Inputs::date);
    inputs.maybe(status, status_summary);
    inputs.list(hts, |inputs, number| inputs.text(number.digits()));
    inputs.list(origin, |inputs, country| inputs.text(country.code()));
    inputs.list(site.portal.slugs(centers), Inputs::text);
    inputs.maybe(issued_by, Inputs::text);
    inputs.maybe(summary, Inputs::text);
    inputs.maybe(text.map(TextKind::name), Inputs::text);
    inputs.maybe(unpublished, |inputs, why| match why {
        Unpublished::Draft => inputs.text("draft"),
        Unpublished::Scheduled(from) => {
            inputs.text("scheduled");
            day(inputs, from);
        }
        Unpublished::Expired(since) => {
            inputs.text("expired");
            day(inputs, since);
        }
    });
    inputs.text(address);
    inputs.flag(site.portal.is_over(id));
    match &site.portal.document(id).fields {
        Fields::Publication(publication) => {
            inputs.maybe(publication.pages, |inputs, pages| {
                inputs.text(&pages.to_string());
            });
            inputs.maybe(publication.revised, Inputs::date);
        }
        Fields::Declared(declared) => inputs.value(declared),
        _ => {}
    }
    let pending = site.portal.graph.proposals.pending(id);
    inputs.list(pending, |inputs, proposed| {
        inputs.text(proposed.intent.event());
    });
    inputs.maybe(changed_on(site, id), day);
}

fn day(inputs: &mut Inputs, day: Date) {
    inputs.date(PartialDate::Day(day));
}

fn status_summary(inputs: &mut Inputs, summary: StatusSummary) {
    let StatusSummary {
        name,
        kind,
        since,
        as_of,
    } = summary;
    inputs.text(name);
    inputs.flag(kind.is_some());
    inputs.maybe(since, Inputs::date);
    inputs.maybe(as_of, day);
}

/// The status of a ruling with its history, and what became of a decision.
pub(super) fn status(hashes: &Hashes<'_>, id: DocId, inputs: &mut Inputs) {
    let portal = hashes.site.portal;
    let Status {
        kind,
        history,
        cause,
        chain,
        withdrawn,
        basis,
        source,
    } = &portal.graph.status[id];
    inputs.text(kind.name());
    inputs.list(history, |inputs, it| incoming(hashes, it, inputs));
    inputs.maybe(cause.as_ref(), |inputs, it| incoming(hashes, it, inputs));
    inputs.list(chain, |inputs, it| incoming(hashes, it, inputs));
    inputs.flag(*withdrawn);
    inputs.text(basis.name());
    inputs.maybe(*source, |inputs, source| {
        inputs.table(&portal.tables, COVERAGE_FILE);
        inputs.count(source.into());
    });
    inputs.list(portal.graph.proposals.of(id), |inputs, proposed| {
        let Proposed {
            intent,
            by,
            date,
            comments_until,
            withdrawn,
            is_pending,
        } = *proposed;
        inputs.text(intent.event());
        inputs.hash(hashes.summary(by));
        inputs.date(date);
        inputs.maybe(comments_until, Inputs::date);
        inputs.maybe(withdrawn, Inputs::date);
        inputs.flag(is_pending);
    });
    let Subsequent {
        steps,
        standing,
        made,
    } = &portal.graph.subsequent[id];
    inputs.list(steps, |inputs, step| treated(hashes, step, inputs));
    inputs.maybe(*standing, |inputs, standing| {
        inputs.text(standing.name());
        inputs.count(standing.step);
    });
    inputs.list(made, |inputs, step| treated(hashes, step, inputs));
}

/// What a document does to others and cites, and what cites it.
pub(super) fn relations(hashes: &Hashes<'_>, id: DocId, inputs: &mut Inputs) {
    let graph = &hashes.site.portal.graph;
    inputs.list(&graph.relations.changes[id], |inputs, relation| {
        let Relation {
            change,
            target: other,
            unconfirmed,
        } = relation;
        inputs.text(change.verb());
        target(hashes, other, inputs);
        inputs.flag(*unconfirmed);
    });
    inputs.list(&graph.relations.cites[id], |inputs, citing| {
        let Citing {
            target: other,
            sentence,
        } = citing;
        target(hashes, other, inputs);
        inputs.text(sentence);
    });
    inputs.list(&graph.relations.cited_by[id], |inputs, cited| {
        let Cited { by, sentence } = cited;
        inputs.hash(hashes.summary(*by));
        inputs.text(sentence);
    });
    inputs.list(graph.proposals.made(id), |inputs, proposing| {
        let Proposing {
            intent,
            target: other,
        } = proposing;
        inputs.text(intent.event());
        target(hashes, other, inputs);
    });
}

/// A ruling that is spoken of.
fn target(hashes: &Hashes<'_>, target: &Target, inputs: &mut Inputs) {
    let Target { number, document } = target;
    inputs.text(&number.with_collection());
    inputs.maybe(*document, |inputs, id| inputs.hash(hashes.summary(id)));
}

fn incoming(hashes: &Hashes<'_>, incoming: &Incoming, inputs: &mut Inputs) {
    let Incoming {
        change,
        by,
        unconfirmed,
    } = incoming;
    inputs.text(change.verb());
    target(hashes, by, inputs);
    inputs.date(effective(by, &hashes.site.portal.documents));
    inputs.flag(*unconfirmed);
}

fn treated(hashes: &Hashes<'_>, treated: &Treated, inputs: &mut Inputs) {
    let Treated {
        treatment,
        name,
        document,
    } = treated;
    inputs.text(treatment.verb());
    inputs.text(name);
    inputs.maybe(*document, |inputs, id| inputs.hash(hashes.summary(id)));
}

/// Something that happened to a document.
pub(crate) fn event(hashes: &Hashes<'_>, event: &Event, inputs: &mut Inputs) {
    let Event {
        date,
        document,
        kind,
    } = event;
    inputs.date(*date);
    inputs.hash(hashes.summary(*document));
    let mut by = |what: &str, by: DocId| {
        inputs.text(what);
        inputs.hash(hashes.summary(by));
    };
    match kind {
        EventKind::Issued => inputs.text("issued"),
        EventKind::Changed { change, by } => {
            inputs.text(change.verb());
            target(hashes, by, inputs);
        }
        EventKind::Treated { treatment, by: id } => by(treatment.verb(), *id),
        EventKind::Proposed { intent, by: id } => by(intent.event(), *id),
        EventKind::Withdrawn { by: id } => by("withdrawn", *id),
        EventKind::Noted(at) => {
            let document = hashes.site.portal.document(*document);
            inputs.text("noted");
            inputs.text(&document.common.changes[*at].note);
        }
    }
}
