//! One page for each template: those together show which template cannot be rendered.

use crate::build::Site;
use crate::sitemap::Entry;
use std::collections::HashSet;

/// The first page of each template.
pub(super) fn one_of_each(site: &Site) -> Vec<&Entry> {
    let mut seen = HashSet::new();
    let entries = site.site_map.entries().iter();
    let mut is_first = |template| seen.insert(template);
    entries
        .filter(|entry| entry.page.template(&site.portal).is_some_and(&mut is_first))
        .collect()
}
