//! A feed as JSON Feed 1.1 (jsonfeed.org).

use super::{EntryView, feed_entries, home};
use crate::files::SitePath;
use crate::plan::Feed;
use crate::render::data::json_bytes;
use crate::render::site::Site;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    language: &'a str,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    /// An item has a text, be it an empty one. A ruling's begins with its status.
    content_text: String,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
}

/// The file of a feed, at its own address.
pub(crate) fn json(site: Site<'_>, feed: Feed, path: &SitePath) -> Vec<u8> {
    let found = feed_entries(site, feed);
    let home = home(site, feed);
    let own = site.absolute(path.as_str());
    let language = &site.config.language;
    json_bytes(&self::feed(
        &found.title,
        &home,
        &own,
        language,
        &found.entries,
    ))
}

/// The status of a ruling with its day, then the summary, as in the Atom feed.
fn text(entry: &EntryView) -> String {
    let status = match entry.status_note.as_str() {
        "" => entry.status.clone(),
        note => format!("{} {note}", entry.status),
    };
    let status = if status.is_empty() {
        status
    } else {
        format!("{status}.")
    };
    format!("{status} {}", entry.summary).trim().to_owned()
}

/// Makes a feed. Days begin at midnight UTC, as in the Atom feed.
pub(crate) fn feed<'a>(
    title: &'a str,
    home: &'a str,
    own: &'a str,
    language: &'a str,
    entries: &'a [EntryView],
) -> JsonFeed<'a> {
    let time = |day: &str| format!("{day}T00:00:00Z");
    JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title,
        home_page_url: home,
        feed_url: own,
        language,
        items: entries
            .iter()
            .map(|entry| Item {
                id: &entry.id,
                url: &entry.url,
                title: &entry.title,
                content_text: text(entry),
                date_published: time(&entry.date),
                date_modified: time(&entry.updated),
                // A tag cannot say as of which day a ruling is in force, so it says only what changed.
                tags: match entry.status_class {
                    "" | "in-force" => Vec::new(),
                    _ => vec![entry.status.as_str()],
                },
            })
            .collect(),
    }
}
