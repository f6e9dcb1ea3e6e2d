//! The forms of addresses that more than one stage writes, relative to the site's root and without a leading slash.
//!
//! Every other address is written by the site map (`sitemap/page.rs`), which says what is where.

/// First parts of addresses that the program makes, beside the folders of kinds: no page, Center or kind can have them.
pub const RESERVED: &[&str] = &[
    "404",
    "agencies",
    "assets",
    "category",
    "centers",
    "changes",
    "contacts",
    "feed",
    "hts",
    "index",
    "opensearch",
    "origin",
    "programmes",
    "programs",
    "robots",
    "search",
    "site-map",
    "sitemap",
    "trends",
];

/// The folder of a theme's static files.
pub(crate) const ASSETS: &str = "assets";

/// The folder of the search page, its client and the index.
pub(crate) const SEARCH: &str = "search";

/// The file that names the generation of the index; never cached.
pub(crate) const INDEX_MANIFEST: &str = "search/manifest.json";
pub(crate) const INDEX_HOT: &str = "search/hot.bin";

/// The page for addresses without a page.
pub(crate) const NOT_FOUND: &str = "404.html";

/// The published list of revisions.
pub const REVISIONS: &str = ".portolan-revisions";

/// Folders whose pages redirect from another one, where they were before.
const EARLIER_FOLDERS: [(&str, &str); 1] = [("programmes/", "programs/")];

/// A page by its path without the extension: `rulings/n301234.html`.
pub(crate) fn page(path: &str) -> String {
    format!("{path}.html")
}

/// The page of a folder: `electronics/index.html`.
pub(crate) fn index(folder: &str) -> String {
    format!("{folder}/index.html")
}

/// The address of another format of a document: `rulings/n301234.json` for the page `rulings/n301234.html`.
pub(crate) fn format_of(page: &str, extension: &str) -> String {
    let base = page.strip_suffix(".html").unwrap_or(page);
    format!("{base}.{extension}")
}

/// The page at an alias, which begins with `/` and may have been a folder or a page.
pub(crate) fn redirect(alias: &str) -> String {
    let address = alias.trim_start_matches('/');
    if address.ends_with(".html") || address.ends_with(".htm") {
        address.to_owned()
    } else {
        index(address.trim_end_matches('/'))
    }
}

/// The address that a page had before: `programmes/index.html` for `programs/index.html`.
pub(crate) fn earlier(address: &str) -> Option<String> {
    EARLIER_FOLDERS.iter().find_map(|(earlier, current)| {
        let rest = address.strip_prefix(current)?;
        Some(format!("{earlier}{rest}"))
    })
}

/// A file of the theme by its path there: `static/…` is published in `assets/`, `client/…` in `search/client/`.
pub(crate) fn theme_file(path: &str) -> String {
    match path.strip_prefix("static/") {
        Some(name) => format!("{ASSETS}/{name}"),
        None => format!("{SEARCH}/{path}"),
    }
}
