//! Names that keys and addresses had before. Content that still has them is read as if it had the current ones.

/// Keys of data tables: the earlier name and the current one.
const KEYS: [(&str, &str); 1] = [("programmes", "programs")];

/// Folders of the site whose pages redirect to those of another one.
const FOLDERS: [(&str, &str); 1] = [("programmes/", "programs/")];

/// The current name of a key.
pub(crate) fn current_key(key: &str) -> &str {
    let renamed = KEYS.iter().find(|(earlier, _)| *earlier == key);
    renamed.map_or(key, |(_, current)| current)
}

/// The address that a page had before: `programmes/index.html` for `programs/index.html`.
pub(crate) fn earlier_address(address: &str) -> Option<String> {
    FOLDERS.iter().find_map(|(earlier, current)| {
        let rest = address.strip_prefix(current)?;
        Some(format!("{earlier}{rest}"))
    })
}
