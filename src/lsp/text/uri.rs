//! Names of files in the protocol (RFC 8089), and which of them are the portal's.

use crate::files;
use camino::{Utf8Path, Utf8PathBuf};
use gen_lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stays as it is in a path: the unreserved characters of RFC 3986, and the slash.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The portal's folder.
#[derive(Debug, Clone)]
pub(crate) struct Root {
    /// As it was given.
    path: Utf8PathBuf,
    /// Without links on the way to it; an editor may name it so.
    resolved: Option<Utf8PathBuf>,
}

impl Root {
    pub(crate) fn new(path: Utf8PathBuf) -> Self {
        let resolved = files::resolve(path.as_std_path());
        Self {
            resolved: resolved.and_then(|path| Utf8PathBuf::from_path_buf(path).ok()),
            path,
        }
    }

    pub(crate) fn path(&self) -> &Utf8Path {
        &self.path
    }

    /// The path of a file relative to the root; `None` for what is no file of the portal.
    pub(crate) fn relative(&self, uri: &Uri) -> Option<Utf8PathBuf> {
        let full = path(uri)?;
        // Nobody opens a folder; and `..` is for the system to follow.
        let is_plain = |path: &Utf8PathBuf| {
            !path.as_str().is_empty() && !path.components().any(|part| part.as_str() == "..")
        };
        let below = [Some(&self.path), self.resolved.as_ref()];
        let mut below = below.into_iter().flatten();
        let found = below.find_map(|root| full.strip_prefix(root).ok().map(Utf8Path::to_path_buf));
        found.filter(is_plain)
    }

    /// The name of a file by its path relative to the root.
    pub(crate) fn uri(&self, path: &Utf8Path) -> Uri {
        let full = self.path.join(path).into_string();
        let full = if cfg!(windows) {
            format!("/{}", full.replace('\\', "/"))
        } else {
            full
        };
        Uri(format!("file://{}", utf8_percent_encode(&full, ESCAPED)))
    }
}

/// The path of a file on this machine; `None` for other schemes and other machines.
pub(crate) fn path(uri: &Uri) -> Option<Utf8PathBuf> {
    let (scheme, rest) = uri.as_ref().split_once(':')?;
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    let rest = rest.split(['?', '#']).next()?;
    let path = match rest.strip_prefix("//") {
        Some(rest) => {
            let (host, _) = rest.split_once('/')?;
            let is_here = host.is_empty() || host.eq_ignore_ascii_case("localhost");
            is_here.then(|| &rest[host.len()..])?
        }
        None => rest,
    };
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let path = if cfg!(windows) {
        path.trim_start_matches('/').to_owned()
    } else {
        path.into_owned()
    };
    Some(Utf8PathBuf::from(path)).filter(|path| path.is_absolute())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn root() -> Root {
        Root::new("/srv/my portal".into())
    }

    proptest! {
        #[test]
        fn a_path_comes_back_from_its_name(path in "[a-zé😀 %#?:&+]{1,8}(/[a-z.0-9é]{1,6}[a-z]){0,3}") {
            let uri = root().uri(Utf8Path::new(&path));
            prop_assert!(uri.as_ref().is_ascii());
            prop_assert_eq!(root().relative(&uri), Some(Utf8PathBuf::from(path)));
        }

        #[test]
        fn no_name_makes_it_panic(uri in "(file|FILE|untitled)?:?/{0,4}(localhost|srv|%|%C3|é|\\.\\.|/){0,6}") {
            let _ = root().relative(&Uri(uri));
        }
    }

    #[test]
    fn only_files_of_the_portal_have_a_path() {
        let relative = |uri: &str| root().relative(&uri.into()).map(Utf8PathBuf::into_string);
        let page = Some("content/a b.md".to_owned());
        assert_eq!(relative("file:///srv/my%20portal/content/a%20b.md"), page);
        assert_eq!(
            relative("file://localhost/srv/my%20portal/content/a b.md"),
            page
        );
        assert_eq!(relative("file:/srv/my%20portal/content/a%20b.md"), page);
        for uri in [
            "file:///srv/my%20portal",
            "file:///srv/my%20portal/../x.md",
            "file:///srv/other/x.md",
            "file://host/srv/my%20portal/x.md",
            "untitled:Untitled-1",
            "https://portal.example/srv/my%20portal/x.md",
            "file:///srv/my%20portal/%FF.md",
            "",
        ] {
            assert_eq!(relative(uri), None, "{uri}");
        }
    }

    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "a test makes a link on a real file system"
    )]
    fn a_folder_is_known_by_the_name_that_links_lead_to() {
        let temp = tempfile::tempdir().unwrap();
        let real = temp.path().canonicalize().unwrap();
        let link = real.join("link");
        std::os::unix::fs::symlink(&real, &link).unwrap();
        let root = Root::new(Utf8PathBuf::from_path_buf(link).unwrap());
        let uri = Uri(format!("file://{}/content/a.md", real.display()));
        assert_eq!(root.relative(&uri), Some("content/a.md".into()));
    }
}
