//! Hashes of what several files are made from, each made when a file first needs it.

use super::{Inputs, documents};
use crate::files::Fingerprint;
use crate::ids::IndexVec;
use crate::portal::{CenterId, DocId, ListId, Portal, Taxonomy};
use crate::render::pages::{listing, trends};
use crate::render::parts::{links, lists, names};
use crate::render::site::Site;
use std::sync::{Arc, OnceLock};

/// The hashes of one site.
pub(crate) struct Hashes<'a> {
    pub(crate) site: Site<'a>,
    made: Arc<MadeHashes>,
}

/// Those that were made so far.
#[derive(Debug)]
pub(crate) struct MadeHashes {
    summaries: Once<DocId>,
    status: Once<DocId>,
    relations: Once<DocId>,
    lists: Once<ListId>,
    subjects: Once<ListId>,
    trends: OnceLock<Fingerprint>,
    center_trends: Once<CenterId>,
    centers: OnceLock<Fingerprint>,
    overview: OnceLock<Fingerprint>,
}

/// A hash for each of several things.
#[derive(Debug)]
struct Once<I>(IndexVec<I, OnceLock<Fingerprint>>);

impl<I: From<usize> + Into<usize> + Copy> Once<I> {
    fn new(count: usize) -> Self {
        Self((0..count).map(|_| OnceLock::new()).collect())
    }

    fn get(&self, id: I, add: impl FnOnce(&mut Inputs)) -> &Fingerprint {
        self.0[id].get_or_init(|| hash_of(add))
    }
}

fn hash_of(add: impl FnOnce(&mut Inputs)) -> Fingerprint {
    let mut inputs = Inputs::new();
    add(&mut inputs);
    inputs.finish()
}

impl MadeHashes {
    /// Starts with none.
    pub(crate) fn new(portal: &Portal) -> Self {
        let documents = portal.documents.len();
        Self {
            summaries: Once::new(documents),
            status: Once::new(documents),
            relations: Once::new(documents),
            lists: Once::new(portal.listings.len()),
            subjects: Once::new(portal.listings.len()),
            trends: OnceLock::new(),
            center_trends: Once::new(portal.centers.len()),
            centers: OnceLock::new(),
            overview: OnceLock::new(),
        }
    }
}

impl<'a> Hashes<'a> {
    /// Goes on from those that were made for the site.
    pub(crate) fn new(site: Site<'a>, made: Arc<MadeHashes>) -> Self {
        Self { site, made }
    }

    /// What other pages show of a document.
    pub(crate) fn summary(&self, id: DocId) -> &Fingerprint {
        let add = |inputs: &mut Inputs| documents::summary(self.site, id, inputs);
        self.made.summaries.get(id, add)
    }

    /// The status of a ruling with its history, and what became of a decision.
    pub(crate) fn status(&self, id: DocId) -> &Fingerprint {
        let add = |inputs: &mut Inputs| documents::status(self, id, inputs);
        self.made.status.get(id, add)
    }

    /// What a document does to others and cites, and what cites it.
    pub(crate) fn relations(&self, id: DocId) -> &Fingerprint {
        let add = |inputs: &mut Inputs| documents::relations(self, id, inputs);
        self.made.relations.get(id, add)
    }

    /// What every page of a list shows besides its documents.
    pub(crate) fn list(&self, id: ListId) -> &Fingerprint {
        let add = |inputs: &mut Inputs| listing::frame_inputs(self, id, inputs);
        self.made.lists.get(id, add)
    }

    /// What a list is called.
    pub(crate) fn subject(&self, id: ListId) -> &Fingerprint {
        let subject = &self.site.portal.listings[id].subject;
        let add = |inputs: &mut Inputs| inputs.text(&names::subject(self.site, subject));
        self.made.subjects.get(id, add)
    }

    /// The numbers of a Center, or of the portal.
    pub(crate) fn trend(&self, center: Option<CenterId>) -> &Fingerprint {
        let add = |inputs: &mut Inputs| trends::trend_inputs(self.site, center, inputs);
        match center {
            Some(id) => self.made.center_trends.get(id, add),
            None => self.made.trends.get_or_init(|| hash_of(add)),
        }
    }

    /// The Centers by name, and the goods that each handles.
    pub(crate) fn centers(&self) -> &Fingerprint {
        let site = self.site;
        self.made.centers.get_or_init(|| {
            hash_of(|inputs| {
                inputs.list(
                    site.portal.centers.iter_enumerated(),
                    |inputs, (id, center)| {
                        links::center_inputs(site, id, inputs);
                        inputs.flag(center.is_office());
                        inputs.list(&center.record.hts, |inputs, number| {
                            inputs.text(number.digits());
                        });
                    },
                );
            })
        })
    }

    /// What pages about the portal as a whole show: the tables, the Centers, the terms of all taxonomies with the sizes of
    /// their lists, and where each ruling is that a table may name.
    pub(crate) fn overview(&self) -> &Fingerprint {
        self.made
            .overview
            .get_or_init(|| hash_of(|inputs| self.overview_inputs(inputs)))
    }

    fn overview_inputs(&self, inputs: &mut Inputs) {
        let portal = self.site.portal;
        let tables = &portal.tables;
        inputs.list(&tables.hashes, |inputs, (file, hash)| {
            inputs.text(file);
            inputs.hash(hash);
        });
        inputs.maybe(tables.contacts.as_ref(), |inputs, contacts| {
            let roles = contacts.roles.iter().map(|role| role.verified.as_ref());
            let problems = contacts.problems.iter();
            let problems = problems.map(|problem| problem.verified.as_ref());
            let entries = [None].into_iter().chain(roles).chain(problems);
            // Of the day of the build only this is shown.
            inputs.list(entries, |inputs, own| {
                let day = contacts.verified(own);
                inputs.flag(day.is_none_or(|day| day < tables.verified_since));
            });
        });
        inputs.list(portal.centers.iter(), |inputs, center| {
            inputs.file(&center.document);
        });
        inputs.list(lists::other_kinds(self.site), |inputs, list| {
            inputs.text(&list.url);
            inputs.count(list.count);
        });
        for taxonomy in Taxonomy::ALL {
            lists::terms_inputs(self.site, None, taxonomy, inputs);
        }
        // The words of these tables have links.
        if tables.contacts.is_some() || tables.programs.is_some() || tables.agencies.is_some() {
            inputs.list(
                portal.documents.iter_enumerated(),
                |inputs, (id, document)| {
                    if let Some(number) = document.fields.ruling_number() {
                        inputs.text(&number.with_collection());
                        inputs.text(portal.addresses.of(id));
                    }
                },
            );
        }
    }
}
