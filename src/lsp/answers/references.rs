//! Where a document, a Center or a tariff number is named.
//!
//! The portal says which files may name it, so that few have to be read; their texts say where.

use super::mentions::{self, Mention, Symbol};
use super::navigation::{decision, followed, target};
use super::{Answers, file_at};
use crate::build::Survey;
use crate::diagnostic::LineIndex;
use crate::document::{Centers, Document};
use crate::portal::{CenterId, DocId, Portal};
use crate::sitemap::{self, Resolved};
use camino::{Utf8Path, Utf8PathBuf};
use gen_lsp_types as lsp;
use portolan_customs::{HtsNumber, RulingNumber};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most places that an answer lists: nobody reads more of them.
const MAX_PLACES: usize = 1000;

/// Where else what is named at a byte of an open document is named; where nothing is, the document itself.
pub(crate) fn references(
    answers: &Answers<'_>,
    path: &Utf8Path,
    byte: usize,
    with_declaration: bool,
) -> Vec<lsp::Location> {
    let found = || {
        let survey = answers.survey?;
        let subject = subject(answers, &survey.portal, path, byte)?;
        let own = subject.file(&survey.portal);
        let mut files = subject.files(survey);
        files.extend(answers.files.open.keys());
        let mut places = Vec::new();
        if with_declaration && let Some(own) = own {
            places.push(answers.location(own, lsp::Range::default()));
        }
        for file in files.into_iter().filter(|file| Some(*file) != own) {
            if places.len() >= MAX_PLACES {
                break;
            }
            places.extend(subject.places(file, answers, &survey.portal));
        }
        places.truncate(MAX_PLACES);
        Some(places)
    };
    found().unwrap_or_default()
}

/// What references lead to.
enum Subject {
    Document(DocId),
    Center(CenterId),
    Hts(HtsNumber),
    /// A ruling that documents name, though the portal does not have it.
    Absent(RulingNumber),
}

fn subject(
    answers: &Answers<'_>,
    portal: &Portal,
    path: &Utf8Path,
    byte: usize,
) -> Option<Subject> {
    let document = answers.files.open.get(path)?;
    let mention = mentions::at(byte, path, &document.text, &portal.schema);
    let file = match mention.map(|mention| mention.symbol) {
        Some(Symbol::Hts(number)) => return Some(Subject::Hts(number)),
        Some(Symbol::Link(link)) => {
            let (address, _) = followed(answers, path, &link)?;
            file_at(&address, portal)?
        }
        Some(Symbol::Key { .. }) | None => path.to_path_buf(),
        Some(Symbol::Ruling(number)) if portal.ruling(&number).is_none() => {
            return Some(Subject::Absent(number));
        }
        Some(symbol) => target(&symbol, portal)?,
    };
    Subject::of(&file, portal)
}

impl Subject {
    fn of(file: &Utf8Path, portal: &Portal) -> Option<Self> {
        let center = portal
            .centers
            .position(|center| center.document.path == file);
        let document = || portal.documents.position(|document| document.path == file);
        center
            .map(Self::Center)
            .or_else(|| document().map(Self::Document))
    }

    fn file<'p>(&self, portal: &'p Portal) -> Option<&'p Utf8PathBuf> {
        match self {
            Self::Document(id) => Some(&portal.document(*id).path),
            Self::Center(id) => Some(&portal.center(*id).document.path),
            Self::Hts(_) | Self::Absent(_) => None,
        }
    }

    /// The documents that the portal knows to name it, or to belong to it.
    fn files<'p>(&self, survey: &'p Survey) -> BTreeSet<&'p Utf8PathBuf> {
        let portal = &survey.portal;
        let address = self
            .file(portal)
            .and_then(|file| portal.addresses.of_file(file));
        let names = |(at, document): (usize, &'p Arc<Document>)| {
            let is_named = self.is_named_by(DocId::from(at), document, portal)
                || address.is_some_and(|address| links_to(document, address, survey));
            is_named.then_some(&document.path)
        };
        let documents = portal.documents.par_iter().enumerate();
        let centers = portal.centers.par_iter().map(|center| &center.document);
        let centers = centers.filter(|document| match self {
            Self::Hts(number) => document.fields.hts().iter().any(|own| number.covers(own)),
            _ => address.is_some_and(|address| links_to(document, address, survey)),
        });
        let centers = centers.map(|document| &document.path);
        documents.filter_map(names).chain(centers).collect()
    }

    fn is_named_by(&self, id: DocId, document: &Document, portal: &Portal) -> bool {
        let relations = &portal.graph.relations;
        let relates = |is_meant: &dyn Fn(&crate::portal::Target) -> bool| {
            relations.cites[id]
                .iter()
                .any(|citing| is_meant(&citing.target))
                || relations.changes[id]
                    .iter()
                    .any(|relation| is_meant(&relation.target))
                || relations.changed_by[id]
                    .iter()
                    .any(|incoming| is_meant(&incoming.by))
        };
        match self {
            Self::Document(target) => {
                let treats = |of: DocId, by: DocId| {
                    let mut steps = portal.graph.subsequent[of].steps.iter();
                    steps.any(|step| step.document == Some(by))
                };
                relates(&|other| other.document == Some(*target))
                    || treats(*target, id)
                    || treats(id, *target)
            }
            Self::Absent(number) => relates(&|other| other.number == *number),
            Self::Center(center) => portal.membership.centers_of(id).contains(center),
            Self::Hts(number) => document.fields.hts().iter().any(|own| number.covers(own)),
        }
    }

    /// The places of a file that name it.
    fn places(
        &self,
        file: &Utf8Path,
        answers: &Answers<'_>,
        portal: &Portal,
    ) -> Vec<lsp::Location> {
        // Its folder says whose the document is: nothing in it does.
        let by_folder = || {
            let Self::Center(center) = self else {
                return false;
            };
            let id = portal.documents.position(|document| document.path == file);
            id.is_some_and(|id| {
                let is_named = matches!(portal.document(id).common.centers, Centers::Named(_));
                !is_named && portal.membership.centers_of(id).contains(center)
            })
        };
        if by_folder() {
            return vec![answers.location(file, lsp::Range::default())];
        }
        let Some(text) = answers.text(file) else {
            return Vec::new();
        };
        let index = LineIndex::new(text.as_bytes());
        let mut found = mentions::of(file, &text, &portal.schema);
        found.sort_by_key(|mention| (mention.span.start, mention.span.end));
        let named = found
            .iter()
            .filter(|mention| self.is(mention, file, answers, portal));
        named
            .map(|mention| answers.location(file, answers.encoding.place(&index, &mention.span)))
            .collect()
    }

    fn is(
        &self,
        mention: &Mention,
        file: &Utf8Path,
        answers: &Answers<'_>,
        portal: &Portal,
    ) -> bool {
        match (self, &mention.symbol) {
            (Self::Document(id), Symbol::Ruling(number)) => portal.ruling(number) == Some(*id),
            (Self::Document(id), Symbol::Decision(name)) => decision(portal, name) == Some(*id),
            (Self::Absent(number), Symbol::Ruling(other)) => number == other,
            (Self::Center(id), Symbol::Center(slug)) => portal.center(*id).slug() == slug,
            (Self::Hts(number), Symbol::Hts(other)) => number.covers(other),
            (Self::Document(_) | Self::Center(_), Symbol::Link(link)) => {
                let followed = followed(answers, file, link);
                let led_to = followed.and_then(|(address, _)| file_at(&address, portal));
                led_to.as_ref() == self.file(portal)
            }
            _ => false,
        }
    }
}

/// Whether a body has a link to an address.
fn links_to(document: &Document, address: &str, survey: &Survey) -> bool {
    let base = sitemap::link_base(document, &survey.portal);
    document.facts.links.iter().any(|link| {
        let resolved = sitemap::resolve(&link.target, base, &survey.site_map, &survey.portal);
        matches!(resolved, Resolved::Inside { address: found, .. } if found == address)
    })
}
