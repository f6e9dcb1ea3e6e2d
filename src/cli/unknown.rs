//! A name on the command line that the portal does not have.

use crate::diagnostic::suggestion;

/// Such a name, with the one that was meant or all that there are.
#[derive(Debug, thiserror::Error)]
#[error("there is no {what} `{name}`: {help}")]
pub(super) struct UnknownName {
    what: &'static str,
    name: String,
    help: String,
}

impl UnknownName {
    /// Of `what`, such as a kind or a Center, there are `known`.
    pub(super) fn new(what: &'static str, name: &str, known: &[&str]) -> Self {
        let help = suggestion(name, known.iter().copied(), || {
            if known.is_empty() {
                format!("the portal has no {what}")
            } else {
                format!("the {what}s are {}", known.join(", "))
            }
        });
        let name = name.to_owned();
        Self { what, name, help }
    }
}
