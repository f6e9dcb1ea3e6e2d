//! What each code means, for those who meet it: one markdown file a code, `codes/P0023.md`.
//!
//! A page begins with `# P0023: title`. A test makes the portals of its examples (tests/contracts/explain.rs).

use super::Code;
use include_dir::{Dir, include_dir};

static PAGES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/diagnostic/codes");

impl Code {
    /// Gives the markdown that explains the code.
    #[must_use]
    pub fn page(self) -> &'static str {
        let file = PAGES.get_file(format!("{self}.md"));
        file.and_then(include_dir::File::contents_utf8)
            .unwrap_or_default()
    }

    /// Names the kind of problem in a few words.
    #[must_use]
    pub fn title(self) -> &'static str {
        let line = self.page().lines().next().unwrap_or_default();
        line.split_once(": ").map_or(line, |(_, title)| title)
    }

    /// Says where the page is in the documentation, from the root of Portolan's repository.
    #[must_use]
    pub fn page_address(self) -> String {
        format!("docs/diagnostics.md#{self}").to_lowercase()
    }
}
