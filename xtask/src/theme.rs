//! `cargo xtask theme`: takes from the U.S. Web Design System what the themes use, into `themes/default/static/`.
//!
//! The result is committed, so that nobody who builds Portolan or a portal needs Node.js. `vendor.toml` beside it lists
//! each file with its origin, license and hash; tests here hold the files to the list, and the templates to the rules.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::node::Node;
use crate::shell;
use crate::steps::step;
use crate::tool::Tool;
use crate::workspace;

/// Vendor the rules, icons and fonts of the U.S. Web Design System that the themes use
///
/// Needed after a change in templates that uses a class or an icon for the first time, and for a new version of the
/// design system. Installs the packages that xtask/tools/theme/package-lock.json pins. What is taken is listed in
/// xtask/tools/theme/choices.mjs. For a new version change package.json there, run `npm install` in that folder, then
/// this, and read the diff.
#[derive(clap::Args)]
#[command(after_help = "\
Example:
  cargo xtask theme && git diff --stat themes/default")]
pub(crate) struct Arguments {}

/// A file of the theme that comes from elsewhere.
struct Vendored {
    /// Below `themes/default/static/`.
    path: &'static str,
    /// In the package.
    from: &'static str,
    license: &'static str,
    /// What was changed.
    change: &'static str,
}

const FILES: [Vendored; 4] = [
    Vendored {
        path: "uswds.css",
        from: "dist/css/uswds.min.css",
        license: "CC0-1.0 AND MIT",
        change: "rules of classes in use; colors, fonts and radius as tokens; icons inline; own font faces",
    },
    Vendored {
        path: "icons.svg",
        from: "dist/img/sprite.svg",
        license: "Apache-2.0 AND CC0-1.0",
        change: "icons in use",
    },
    Vendored {
        path: "fonts/portolan-sans-regular.woff2",
        from: "dist/fonts/source-sans-pro/sourcesanspro-regular-webfont.woff2",
        license: "OFL-1.1",
        change: "without hints and rules of layout but for kerning and ligatures; renamed, as the license asks",
    },
    Vendored {
        path: "fonts/portolan-sans-bold.woff2",
        from: "dist/fonts/source-sans-pro/sourcesanspro-bold-webfont.woff2",
        license: "OFL-1.1",
        change: "without hints and rules of layout but for kerning and ligatures; renamed, as the license asks",
    },
];

const PACKAGE: &str = "@uswds/uswds";

pub(crate) fn run(_: &Arguments) -> Result<(), Failure> {
    let tools = workspace::root().join("xtask/tools/theme");
    let node = step("Node.js and packages", || {
        let node = Node::install()?;
        node.install_packages(&tools)?;
        Ok(node)
    })?;
    step("rules and icons", || {
        shell::run(
            node.command(&tools)
                .arg("vendor.mjs")
                .arg(workspace::root()),
        )
    })?;
    step("fonts", || {
        let upstream = tools.join("node_modules").join(PACKAGE);
        let fonts = FILES.iter().filter(|file| file.path.starts_with("fonts/"));
        fonts.into_iter().try_for_each(|file| {
            shell::run(
                Tool::FontTools
                    .python()?
                    .arg(tools.join("font.py"))
                    .arg(upstream.join(file.from))
                    .arg(theme().join("static").join(file.path)),
            )
        })
    })?;
    let list = list()?;
    std::fs::write(list_path(), list).map_err(Failure::file("write", &list_path()))
}

fn theme() -> PathBuf {
    workspace::root().join("themes/default")
}

fn list_path() -> PathBuf {
    theme().join("vendor.toml")
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(Failure::file("read", path))
}

/// The list of vendored files as it must be, from the lock file and the files themselves.
fn list() -> Result<String, Failure> {
    let lock = read(&workspace::root().join("xtask/tools/theme/package-lock.json"))?;
    let mut text = format!(
        "# What this theme has from elsewhere. Made by `cargo xtask theme`; the texts of the licenses are in\n\
         # static/licenses/.\n\
         package = \"{PACKAGE}\"\n\
         version = \"{}\"\n\
         integrity = \"{}\"\n",
        locked(&lock, "version"),
        locked(&lock, "integrity"),
    );
    for file in FILES {
        let path = theme().join("static").join(file.path);
        let bytes = std::fs::read(&path).map_err(Failure::file("read", &path))?;
        let hash = blake3::hash(&bytes);
        let Vendored {
            path,
            from,
            license,
            change,
        } = file;
        write!(
            text,
            "\n[[file]]\npath = \"static/{path}\"\nfrom = \"{from}\"\nlicense = \"{license}\"\nchange = \"{change}\"\nblake3 = \"{hash}\"\n",
        )
        .expect("a text takes every text");
    }
    Ok(text)
}

/// What the lock file says of the package.
fn locked<'a>(lock: &'a str, key: &str) -> &'a str {
    let entry = format!("\"node_modules/{PACKAGE}\"");
    let at = lock.find(&entry).map_or(lock.len(), |at| at + entry.len());
    let value = lock[at..].split_once(&format!("\"{key}\": \""));
    value
        .and_then(|(_, rest)| rest.split('"').next())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Classes of the design system's markup without a rule in its own style sheet, or only with rules about parts that
    /// the templates do not have.
    const WITHOUT_RULE: &[&str] = &[
        "usa-footer--slim",
        "usa-in-page-nav__item--sub-item",
        "usa-in-page-nav__link",
        "usa-pagination__link-text",
        "usa-pagination__page-no",
        "usa-summary-box__body",
    ];

    fn templates(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                templates(&path, found);
            } else if path.extension().is_some_and(|name| name == "html") {
                found.push(path);
            }
        }
    }

    /// The names in a text that begin with `usa-`.
    fn classes(text: &str) -> BTreeSet<&str> {
        let starts = text.match_indices("usa-").filter(|(at, _)| {
            let before = text[..*at].chars().next_back();
            before.is_some_and(|c| !c.is_ascii_alphanumeric() && c != '-')
        });
        starts
            .map(|(at, _)| {
                let rest = &text[at..];
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c));
                &rest[..end.unwrap_or(rest.len())]
            })
            .collect()
    }

    #[test]
    fn the_vendored_files_are_those_of_the_list() {
        assert_eq!(
            read(&list_path()).unwrap(),
            list().unwrap(),
            "run `cargo xtask theme`"
        );
    }

    #[test]
    fn every_class_of_the_design_system_in_a_template_has_a_rule() {
        let css = read(&theme().join("static/uswds.css")).unwrap();
        let (rules, mut files) = (classes(&css), Vec::new());
        templates(&workspace::root().join("themes"), &mut files);
        for path in files {
            let text = read(&path).unwrap();
            let missing: Vec<&str> = classes(&text)
                .into_iter()
                .filter(|class| !rules.contains(class) && !WITHOUT_RULE.contains(class))
                .collect();
            assert!(
                missing.is_empty(),
                "{}: {missing:?} have no rule: run `cargo xtask theme`",
                path.display()
            );
        }
    }

    #[test]
    fn the_vendored_rules_are_few_and_ask_for_no_other_file_but_fonts() {
        let css = read(&theme().join("static/uswds.css")).unwrap();
        assert!(css.len() < 75_000, "{} bytes", css.len());
        for (at, _) in css.match_indices("url(") {
            let rest = css[at + 4..].trim_start_matches('"');
            // `url()` asks whether the browser has masks.
            assert!(
                rest.starts_with("fonts/")
                    || rest.starts_with(')')
                    || rest.starts_with("data:image/svg+xml,"),
                "{}",
                &rest[..40.min(rest.len())]
            );
        }
    }

    #[test]
    fn every_icon_of_a_template_is_in_the_sprite() {
        let sprite = read(&theme().join("static/icons.svg")).unwrap();
        let mut files = Vec::new();
        templates(&workspace::root().join("themes"), &mut files);
        for path in files {
            let text = read(&path).unwrap();
            for (_, rest) in text
                .match_indices("set icon = \"")
                .map(|(at, found)| text[at..].split_at(found.len()))
            {
                let name = rest.split('"').next().unwrap_or_default();
                assert!(
                    sprite.contains(&format!("id=\"{name}\"")),
                    "{}: no icon `{name}`: add it to choices.mjs and run `cargo xtask theme`",
                    path.display()
                );
            }
        }
    }
}
