//! A feed as JSON Feed 1.1 (jsonfeed.org).

use super::{EntryView, feed_entries, home};
use crate::files::SitePath;
use crate::render::data::json_bytes;
use crate::render::site::Site;
use crate::sitemap::Feed;
use serde::Serialize;

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: String,
    feed_url: String,
    language: &'a str,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    /// An item has a text, if only an empty one. A ruling's begins with its status.
    content_text: String,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<[&'a str; 1]>,
}

/// The file of a feed, at its own address. Days begin at midnight UTC, as in the Atom feed.
pub(crate) fn json(site: Site<'_>, feed: Feed, path: &SitePath) -> Vec<u8> {
    let found = feed_entries(site, feed);
    let time = |day: &Option<String>| format!("{}T00:00:00Z", day.as_deref().unwrap_or_default());
    let items = found.entries.iter().map(|entry| Item {
        id: &entry.id,
        url: &entry.url,
        title: &entry.title,
        content_text: content(entry),
        date_published: time(&entry.date),
        date_modified: time(&entry.updated),
        // A tag cannot say as of which day a ruling is in force, so it says only what changed.
        tags: entry
            .status
            .as_deref()
            .filter(|_| entry.status_class != Some("in-force"))
            .map(|status| [status]),
    });
    json_bytes(&JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &found.title,
        home_page_url: home(site, feed),
        feed_url: site.absolute(path.as_str()),
        language: &site.config.language,
        items: items.collect(),
    })
}

/// The status of a ruling with its day, then the summary, as in the Atom feed.
fn content(entry: &EntryView) -> String {
    let status = match (&entry.status, &entry.status_note) {
        (Some(status), Some(note)) => Some(format!("{status} {note}.")),
        (Some(status), None) => Some(format!("{status}.")),
        (None, _) => None,
    };
    let parts = status.iter().chain(&entry.summary);
    parts.map(String::as_str).collect::<Vec<_>>().join(" ")
}
