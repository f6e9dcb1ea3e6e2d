//! Why a document cannot be made.

use crate::diagnostic::Diagnostic;
use camino::Utf8PathBuf;

/// Why a document cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// Values are missing: how each can be given.
    #[error("{name} needs more than was given. Add:\n    {}", .flags.join("\n    "))]
    Missing {
        /// What was asked for: `a ruling`.
        name: String,
        /// The flags to add.
        flags: Vec<String>,
    },
    /// The kind has no such key.
    #[error("{name} has no key `{key}`: {help}")]
    UnknownKey {
        /// What was asked for: `a ruling`.
        name: String,
        /// As it was given.
        key: String,
        /// What to do.
        help: String,
    },
    /// A value that the key cannot have.
    #[error("{what}: {help}")]
    Value {
        /// What is wrong.
        what: String,
        /// What to do.
        help: String,
    },
    /// The portal has this ruling.
    #[error("the portal has {number} already, in `{path}`")]
    KnownNumber {
        /// The number.
        number: String,
        /// Its file.
        path: Utf8PathBuf,
    },
    /// The file is there.
    #[error("there is a file `{0}` already; choose another name with --name")]
    KnownFile(Utf8PathBuf),
    /// The address is another document's.
    #[error(
        "its address, /{address}, is that of `{path}` already; choose another name with --name"
    )]
    KnownAddress {
        /// The address.
        address: String,
        /// The other document.
        path: Utf8PathBuf,
    },
    /// A name that cannot be an address.
    #[error(
        "`{name}` cannot be the name of the file: {why}; choose one with --name, for example `--name {example}`"
    )]
    Name {
        /// The name.
        name: String,
        /// The reason.
        why: String,
        /// One that can.
        example: String,
    },
    /// There is no such Center.
    #[error("the portal has no Center `{slug}`: {help}")]
    UnknownCenter {
        /// As it was given.
        slug: String,
        /// What to do.
        help: String,
    },
    /// The document would have problems, each at its place in its text.
    #[error("the document would have problems")]
    Problems {
        /// Its text.
        text: String,
        /// Its path.
        path: Utf8PathBuf,
        /// What is wrong.
        problems: Vec<Diagnostic>,
    },
}

impl Unusable {
    pub(super) fn value(what: impl Into<String>, help: impl Into<String>) -> Self {
        let (what, help) = (what.into(), help.into());
        Self::Value { what, help }
    }
}
