//! Addresses that pages had before, which redirect to the current ones.

/// Folders of the site whose pages redirect to those of another one.
const FOLDERS: [(&str, &str); 1] = [("programmes/", "programs/")];

/// The address that a page had before: `programmes/index.html` for `programs/index.html`.
pub(crate) fn earlier_address(address: &str) -> Option<String> {
    FOLDERS.iter().find_map(|(earlier, current)| {
        let rest = address.strip_prefix(current)?;
        Some(format!("{earlier}{rest}"))
    })
}
