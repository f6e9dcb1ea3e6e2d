//! Which editor the preview opens files in: what is asked for, else what the environment names.

use crate::cli::args::Editing;
use crate::cli::{Failure, context};
use crate::preview::Editor;

const ADDRESS: &str = "PORTOLAN_EDITOR_URL";

/// What is done where no editor can be started from here.
const HINT: &str = "Start the preview with `--editor-url 'vscode://file/{path}:{line}:{column}'`, or the address of \
                    another editor, to open files from this page.";

/// Chooses an editor. A program that only the environment names and that cannot be used is no failure: it is meant for
/// other commands.
pub(super) fn of(
    editing: &Editing,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<Editor, Failure> {
    let set = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
    if let Some(address) = &editing.editor_url {
        return Ok(Editor::Address(address.clone()));
    }
    if let Some(program) = &editing.editor {
        return Ok(Editor::Program(program.clone()));
    }
    if let Some(address) = set(ADDRESS) {
        let parsed = address.parse().map(Editor::Address);
        return parsed.map_err(|why| Failure::Editor(ADDRESS, why));
    }
    Ok(match context::editor(variable) {
        None => Editor::None(format!("No editor is set. {HINT}")),
        Some((name, command)) => command.parse().map_or_else(
            |why| {
                Editor::None(format!(
                    "The editor in {name} cannot be used: {why}. {HINT}"
                ))
            },
            Editor::Program,
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(address: Option<&str>, program: Option<&str>, set: &[(&str, &str)]) -> Editor {
        let editing = Editing {
            editor_url: address.map(|text| text.parse().unwrap()),
            editor: program.map(|text| text.parse().unwrap()),
        };
        let variable = |name: &str| {
            let found = set.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        of(&editing, &variable).unwrap()
    }

    #[test]
    fn what_is_asked_for_comes_before_the_environment() {
        let own = "own://{path}";
        let environment = [(ADDRESS, "code://{path}"), ("VISUAL", "a"), ("EDITOR", "b")];
        let address = |text: &str| Editor::Address(text.parse().unwrap());
        let program = |text: &str| Editor::Program(text.parse().unwrap());
        assert_eq!(chosen(Some(own), None, &environment), address(own));
        assert_eq!(chosen(None, Some("c -w"), &environment), program("c -w"));
        assert_eq!(chosen(None, None, &environment), address("code://{path}"));
        assert_eq!(chosen(None, None, &environment[1..]), program("a"));
        assert_eq!(
            chosen(None, None, &[("VISUAL", " "), ("EDITOR", "b")]),
            program("b")
        );
    }

    #[test]
    fn an_editor_for_a_terminal_is_not_started_and_the_desk_says_what_is() {
        for (set, says) in [
            (&[("EDITOR", "vim")][..], "`vim` needs a terminal"),
            (&[], "No editor is set"),
        ] {
            let Editor::None(why) = chosen(None, None, set) else {
                panic!("it is no editor to start");
            };
            assert!(why.contains(says) && why.contains("--editor-url"), "{why}");
        }
    }

    #[test]
    fn an_address_that_is_none_is_a_failure() {
        let editing = Editing {
            editor_url: None,
            editor: None,
        };
        let wrong = of(&editing, &|_| Some("nowhere".to_owned()));
        assert!(matches!(wrong, Err(Failure::Editor(ADDRESS, _))));
    }
}
