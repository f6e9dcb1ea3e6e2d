//! A Center's page.

use super::{Viewer, sources};
use crate::portal::{CenterId, Taxonomy};
use crate::render::views::{CenterCardView, CenterView, LinkView};
use portolan_customs::Collection;
use portolan_customs::PartialDate;

/// Changes of status that a Center's page shows.
const CHANGED: usize = 5;

impl Viewer<'_> {
    pub(in crate::render) fn center(&self, id: CenterId) -> CenterView {
        let center = self.portal.center(id);
        let record = &center.record;
        let changes = &self.portal.changes[self.portal.changes_at(Some(id))];
        CenterView {
            name: record.name.clone(),
            url: self.center_link(id).url,
            number: text(&record.number),
            city: text(&record.city),
            field_office: text(&record.field_office),
            opened: text(&record.opened),
            industries: record.industries.clone(),
            is_office: center.is_office(),
            issues: record
                .issues
                .iter()
                .copied()
                .map(Collection::prefix)
                .collect(),
            coverage: self.coverage(id),
            edition: self.config.hts.edition.clone(),
            summary: text(&record.summary),
            sources: sources(&record.source),
            sections: self.sections(Some(id)),
            categories: self.terms(Some(id), Taxonomy::Category),
            chapters: self.terms(Some(id), Taxonomy::Chapter),
            origins: most_first(self.terms(Some(id), Taxonomy::Origin)),
            changed: self.last_changed(changes, CHANGED),
            changes_url: self.changes_link(id).url,
            review_by: record
                .review_by
                .map_or_else(String::new, |day| self.date(PartialDate::Day(day))),
        }
    }

    /// The Centers of industries, or the offices beside them, for the first page.
    pub(in crate::render) fn center_cards(&self, offices: bool) -> Vec<CenterCardView> {
        let cards = self.center_ids(offices).map(|id| {
            let record = &self.portal.center(id).record;
            CenterCardView {
                name: record.name.clone(),
                url: self.center_link(id).url,
                summary: text(&record.summary),
            }
        });
        cards.collect()
    }

    /// What changed at a Center, under the Center's name.
    pub(super) fn changes_link(&self, id: CenterId) -> LinkView {
        let center = self.portal.center(id);
        let address = format!("{}/changes/index.html", center.slug());
        self.link(&center.record.name, &address, 0)
    }
}

fn text(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}

fn most_first(mut links: Vec<LinkView>) -> Vec<LinkView> {
    links.sort_by_key(|link| std::cmp::Reverse(link.count));
    links
}
