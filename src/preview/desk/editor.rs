//! Opening a file of the portal in the editor of whoever started the preview.

use crate::files::scheme;
use camino::Utf8Path;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt;
use std::io;
use std::process::{Command, Stdio};
use std::str::FromStr;

/// How the preview opens a file in an editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Editor {
    /// Links that the system gives to the editor.
    Address(EditorAddress),
    /// A program that the preview starts.
    Program(EditorProgram),
    /// Not at all, and why: a sentence for the desk.
    None(String),
}

/// The place to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot<'a> {
    /// Absolute.
    pub(super) path: &'a Utf8Path,
    /// From 1.
    pub(super) line: usize,
    /// From 1, in characters.
    pub(super) column: usize,
}

/// An address such as `vscode://file/{path}:{line}:{column}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditorAddress(String);

/// What a path keeps in an address: the characters that no part of a URL gives a meaning to (RFC 3986, 2.3), and `/`.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

impl FromStr for EditorAddress {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = |what: &str| {
            Err(format!(
                "{what}; write the address of an editor, such as vscode://file/{{path}}:{{line}}:{{column}}"
            ))
        };
        match scheme(text).as_deref() {
            None => wrong("it has no scheme"),
            Some("javascript" | "data" | "vbscript") => wrong("this scheme runs scripts"),
            Some(_) if text.contains("{path}") => Ok(Self(text.to_owned())),
            Some(_) => wrong("it has no {path}"),
        }
    }
}

impl EditorAddress {
    pub(super) fn of(&self, spot: Spot<'_>) -> String {
        let path = spot.path.as_str().replace('\\', "/");
        let path = utf8_percent_encode(&path, UNRESERVED).to_string();
        // `vscode://file/{path}` ends its own slash where the path begins; `file://{path}` has none of the path's.
        let is_after_slash = |before: &str| before.ends_with('/') && !before.ends_with("//");
        let mut address = String::new();
        let mut parts = self.0.split("{path}");
        address += parts.next().unwrap_or_default();
        for part in parts {
            let own = path.strip_prefix('/').filter(|_| is_after_slash(&address));
            address += own.unwrap_or(&path);
            address += part;
        }
        address
            .replace("{line}", &spot.line.to_string())
            .replace("{column}", &spot.column.to_string())
    }
}

/// A program and its arguments, which may name `{path}`, `{line}` and `{column}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditorProgram {
    program: String,
    arguments: Vec<String>,
}

/// Editors that draw in the terminal in which they are started.
const IN_TERMINAL: &[&str] = &[
    "vi",
    "vim",
    "nvim",
    "view",
    "vimx",
    "nano",
    "pico",
    "hx",
    "helix",
    "micro",
    "joe",
    "jed",
    "ed",
    "ne",
    "kak",
    "mcedit",
    "emacs-nox",
];

impl FromStr for EditorProgram {
    type Err = String;

    /// Reads a command line as a shell would split it into words; nothing in it is expanded.
    fn from_str(text: &str) -> Result<Self, String> {
        let words = shlex::split(text).ok_or("a quotation mark is not closed")?;
        let mut words = words.into_iter();
        let program = words.next().filter(|program| !program.is_empty());
        let program = program.ok_or("it names no program")?;
        let editor = Self {
            program,
            arguments: words.collect(),
        };
        if editor.needs_terminal() {
            return Err(format!(
                "`{}` needs a terminal of its own, and the preview has only the one it was started in",
                editor.name()
            ));
        }
        Ok(editor)
    }
}

impl fmt::Display for EditorProgram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl EditorProgram {
    /// The name of the program, without its folder and `.exe`.
    fn name(&self) -> &str {
        let name = self.program.rsplit(['/', '\\']).next().unwrap_or_default();
        name.strip_suffix(".exe").unwrap_or(name)
    }

    fn needs_terminal(&self) -> bool {
        let has = |flag: &str| self.arguments.iter().any(|argument| argument == flag);
        let is_emacs = matches!(self.name(), "emacs" | "emacsclient");
        IN_TERMINAL.contains(&self.name())
            || (is_emacs
                && ["-nw", "-t", "-tty", "--no-window-system", "--tty"]
                    .iter()
                    .any(|flag| has(flag)))
    }

    /// The arguments for a place. The path is absolute, so no program takes it as an option.
    fn arguments(&self, spot: Spot<'_>) -> Vec<String> {
        let Spot { path, line, column } = spot;
        if self
            .arguments
            .iter()
            .any(|argument| argument.contains("{path}"))
        {
            let filled = self.arguments.iter().map(|argument| filled(argument, spot));
            return filled.collect();
        }
        let place = match self.name() {
            "code" | "code-insiders" | "codium" | "cursor" | "windsurf" => {
                vec!["--goto".to_owned(), format!("{path}:{line}:{column}")]
            }
            "subl" | "zed" | "zeditor" => vec![format!("{path}:{line}:{column}")],
            "gvim" | "mvim" | "gedit" | "emacs" | "emacsclient" => {
                vec![format!("+{line}"), path.to_string()]
            }
            _ => vec![path.to_string()],
        };
        [self.arguments.clone(), place].concat()
    }

    /// Starts it, and leaves it to itself.
    ///
    /// # Errors
    /// When the system cannot start it.
    pub(super) fn open(&self, folder: &Utf8Path, spot: Spot<'_>) -> io::Result<()> {
        let mut command = Command::new(&self.program);
        command
            .args(self.arguments(spot))
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        // Ctrl-C ends the preview, and not the editor with words that are not saved.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        std::thread::Builder::new()
            .name("editor".to_owned())
            .spawn(move || child.wait())?;
        Ok(())
    }
}

/// Fills each placeholder once: a path that has one in its name stays as it is.
fn filled(argument: &str, spot: Spot<'_>) -> String {
    let mut text = String::new();
    let mut rest = argument;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        text += before;
        let (value, name) = if from.starts_with("{path}") {
            (spot.path.to_string(), "{path}")
        } else if from.starts_with("{line}") {
            (spot.line.to_string(), "{line}")
        } else if from.starts_with("{column}") {
            (spot.column.to_string(), "{column}")
        } else {
            ("{".to_owned(), "{")
        };
        text += &value;
        rest = &from[name.len()..];
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spot(path: &str) -> Spot<'_> {
        Spot {
            path: Utf8Path::new(path),
            line: 3,
            column: 7,
        }
    }

    fn address(template: &str, path: &str) -> String {
        template.parse::<EditorAddress>().unwrap().of(spot(path))
    }

    fn arguments(command: &str, path: &str) -> Vec<String> {
        command
            .parse::<EditorProgram>()
            .unwrap()
            .arguments(spot(path))
    }

    #[test]
    fn an_address_has_the_path_the_line_and_the_column() {
        let code = "vscode://file/{path}:{line}:{column}";
        assert_eq!(
            address(code, "/a b/ü:1.md"),
            "vscode://file/a%20b/%C3%BC%3A1.md:3:7"
        );
        assert_eq!(address(code, r"C:\a\b.md"), "vscode://file/C%3A/a/b.md:3:7");
        let sublime = "subl://open?url=file://{path}&line={line}";
        assert_eq!(
            address(sublime, "/a&b.md"),
            "subl://open?url=file:///a%26b.md&line=3"
        );
        // What a file is called is no placeholder.
        assert_eq!(
            address(code, "/{line}.md"),
            "vscode://file/%7Bline%7D.md:3:7"
        );
    }

    #[test]
    fn an_address_has_a_scheme_that_runs_no_script_and_a_path() {
        for wrong in [
            "",
            "{path}",
            "/file/{path}",
            "vscode://file/",
            "javascript:alert({path})",
            "JavaScript:alert({path})",
            "java\nscript:{path}",
            "data:text/html,{path}",
        ] {
            let refused = wrong.parse::<EditorAddress>();
            assert!(
                refused.is_err_and(|why| why.contains("vscode://")),
                "{wrong}"
            );
        }
    }

    #[test]
    fn an_editor_is_given_the_place_in_the_way_that_it_takes() {
        for (command, expected) in [
            ("code --wait", &["--wait", "--goto", "/p/a.md:3:7"][..]),
            ("'/opt/my tools/zed'", &["/p/a.md:3:7"]),
            ("gvim", &["+3", "/p/a.md"]),
            ("own -x 'a b'", &["-x", "a b", "/p/a.md"]),
            (
                "own --line={line} {path} $HOME",
                &["--line=3", "/p/a.md", "$HOME"],
            ),
        ] {
            assert_eq!(arguments(command, "/p/a.md"), expected, "{command}");
        }
        // No shell looks at it.
        assert_eq!(arguments("own", "/p/$(x);{line}.md"), ["/p/$(x);{line}.md"]);
        assert_eq!(arguments("own {path}", "/p/{line}.md"), ["/p/{line}.md"]);
    }

    #[test]
    fn an_editor_that_needs_a_terminal_is_refused_by_name() {
        for command in ["vi", "/usr/bin/vim", "nano -w", "emacs -nw", "hx", "", "'a"] {
            assert!(command.parse::<EditorProgram>().is_err(), "{command}");
        }
        let why = "vim".parse::<EditorProgram>().unwrap_err();
        assert!(why.contains("`vim` needs a terminal"), "{why}");
        assert!("emacs".parse::<EditorProgram>().is_ok());
    }

    proptest! {
        #[test]
        fn no_path_becomes_an_option_or_an_argument_of_its_own(
            command in "(code|zed|gvim|own|own \\{path\\}|own -l \\{line\\} \\{path\\})",
            name in "\\PC{0,20}",
        ) {
            let path = format!("/portal/content/{name}");
            let plain = arguments(&command, "/portal/content/a.md");
            let given = arguments(&command, &path);
            prop_assert_eq!(plain.len(), given.len());
            for (plain, given) in plain.iter().zip(&given) {
                prop_assert_eq!(plain.starts_with('-'), given.starts_with('-'));
                prop_assert_eq!(&plain.replace("/portal/content/a.md", &path), given);
            }
        }
    }
}
