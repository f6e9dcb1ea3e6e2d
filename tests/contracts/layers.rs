//! The layers of the library: a module uses only modules of earlier layers, so data flows one way.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use syn::visit::{self, Visit};

/// The modules, lowest layer first.
const LAYERS: &[&[&str]] = &[
    &["addresses", "diagnostic", "ids"],
    &["files"],
    &["schema"],
    &["config"],
    &["active_content", "source", "theme"],
    &["tables"],
    &["document"],
    &["cache"],
    &["portal"],
    &["sitemap"],
    &["render", "index"],
    &["output"],
    &["build"],
    &["preview", "check", "edit", "import", "lsp"],
    &["cli"],
];

fn rank(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// The modules at the top of the crate that a source file names.
struct Uses {
    /// The path of the module that is read: `["render", "view"]`.
    module: Vec<String>,
    found: BTreeSet<String>,
}

impl Uses {
    fn of(module: &[&str], source: &str) -> BTreeSet<String> {
        let mut uses = Self {
            module: module.iter().map(|name| (*name).to_owned()).collect(),
            found: BTreeSet::new(),
        };
        uses.visit_file(&syn::parse_file(source).unwrap());
        uses.found
    }

    /// Follows a path from where it begins; one that begins with another name leads into another crate, or stays here.
    fn path(&mut self, names: &[String]) {
        let mut place = match names.first().map(String::as_str) {
            Some("crate") => Vec::new(),
            Some("self" | "super") => self.module.clone(),
            _ => return,
        };
        for name in names {
            match name.as_str() {
                "crate" | "self" => {}
                "super" => drop(place.pop()),
                name => place.push(name.to_owned()),
            }
        }
        self.found.extend(place.into_iter().next());
    }

    fn tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.tree(&with(&path.ident), &path.tree),
            syn::UseTree::Name(name) => self.path(&with(&name.ident)),
            syn::UseTree::Rename(name) => self.path(&with(&name.ident)),
            syn::UseTree::Glob(_) => self.path(before),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.tree(before, tree);
                }
            }
        }
    }

    /// Finds paths in what is not parsed: the words of macros and attributes.
    fn words(&mut self, words: &str) {
        let words = words.replace(' ', "");
        for rest in words.split("crate::").skip(1) {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
            self.found
                .insert(rest[..end.unwrap_or(rest.len())].to_owned());
        }
    }
}

impl<'ast> Visit<'ast> for Uses {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names = path.segments.iter();
        let names: Vec<String> = names.map(|segment| segment.ident.to_string()).collect();
        self.path(&names);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.words(&item.tokens.to_string());
        visit::visit_macro(self, item);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            self.words(&list.tokens.to_string());
        }
        visit::visit_attribute(self, attribute);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }
}

/// The modules that a source file uses although they are not in an earlier layer.
fn violations(module: &[&str], source: &str) -> Vec<String> {
    let own = module[0];
    let rank_of_own =
        rank(own).unwrap_or_else(|| panic!("`{own}` has no layer: give it one in {}", file!()));
    Uses::of(module, source)
        .into_iter()
        .filter(|used| used != own && rank(used).is_some_and(|used| used >= rank_of_own))
        .map(|used| format!("`{own}` uses `{used}`, which is not in an earlier layer"))
        .collect()
}

/// Every source file of the library below a folder, with the violations in it.
fn visit(folder: &Path, module: &[&str], found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let inner = [module, &[name]].concat();
        if path.is_dir() {
            visit(&path, &inner, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let module = match name {
                "mod" => module,
                "lib" | "main" if module.is_empty() => continue,
                _ => &inner,
            };
            let violations = violations(module, &fs::read_to_string(&path).unwrap());
            let violations = violations.into_iter();
            found.extend(violations.map(|what| format!("{}: {what}", path.display())));
        }
    }
}

#[test]
fn every_module_uses_only_earlier_layers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    visit(&root, &[], &mut found);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_stage_that_reaches_forward_is_found_however_it_names_the_other() {
    for source in [
        "use crate::render::Renderer;",
        "use crate::{document::Document, render};",
        "use crate::{document::{Document, Kind}, render::{self, Renderer}};",
        "use crate::render as made;",
        "use super::super::render::*;",
        "fn f(site: &crate::render::Renderer) {}",
        "fn f() { if true { crate::render::make() } }",
        "fn f() { println!(\"{}\", crate::render::NAME); }",
        "#[serde(with = \"crate::render::dates\")] struct S;",
        "mod tests { use super::super::super::render::Renderer; }",
        "impl From<crate::render::RenderError> for Error {}",
    ] {
        assert_eq!(
            violations(&["portal", "links"], source).len(),
            1,
            "{source}"
        );
    }
    for source in [
        "use crate::{document::Document, portal::Portal}; // crate::render",
        "use super::render; use self::render::x; pub(crate) fn render() {}",
        "const HELP: &str = \"crate :: render\";",
        "use other::render::Renderer;",
    ] {
        assert_eq!(
            violations(&["portal", "links"], source),
            [""; 0],
            "{source}"
        );
    }
}
