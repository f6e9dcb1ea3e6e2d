//! Scripts of the client, each joined with the modules that it imports: a page then waits for one file, not for a chain of them.
//!
//! Knows the statements that the project's scripts are written with: `import` and `export` at the beginning of a line, an
//! `import` in one line. A script with another one is published as it is, and the browser loads its modules one by one.

use std::collections::BTreeMap;

/// The folder whose scripts are joined.
const FOLDER: &str = "client/";

/// Joins the scripts among the files of a theme.
pub(super) fn join(assets: &mut BTreeMap<String, Vec<u8>>) {
    let scripts = assets
        .iter()
        .filter(|(name, _)| name.starts_with(FOLDER) && name.ends_with(".js"));
    let modules: BTreeMap<String, Module> = scripts
        .filter_map(|(name, bytes)| {
            let text = std::str::from_utf8(bytes).ok()?;
            Some((name.clone(), Module::parse(name, text)?))
        })
        .collect();
    for (name, module) in &modules {
        let joined = Joined::of(name, module, &modules);
        if let (Some(joined), Some(bytes)) = (joined, assets.get_mut(name)) {
            *bytes = joined.into_bytes();
        }
    }
}

/// A script as its parts.
#[derive(Debug)]
struct Module {
    /// Its other modules by their names in the theme, each with what is taken from it: its name there, and here.
    imports: Vec<(String, Vec<(String, String)>)>,
    /// What it gives: the name for others, and its own.
    exports: Vec<(String, String)>,
    body: String,
}

impl Module {
    /// Reads a script; `None` where it has a statement that is not known.
    fn parse(name: &str, text: &str) -> Option<Self> {
        let mut module = Self {
            imports: Vec::new(),
            exports: Vec::new(),
            body: String::with_capacity(text.len()),
        };
        // In a text of several lines, what looks like a comment is none.
        let has_comments = text.lines().all(|line| line.matches('`').count() % 2 == 0);
        let mut in_comment = false;
        for line in text.lines() {
            let start = line.trim_start();
            if has_comments && (in_comment || start.starts_with("/**")) {
                in_comment = !line.contains("*/");
                let is_last = !in_comment && !line.trim_end().ends_with("*/");
                if !is_last {
                    continue;
                }
            } else if has_comments && start.starts_with("//") {
                continue;
            } else if let Some(import) = line.strip_prefix("import ") {
                module.add_import(name, import)?;
                continue;
            } else if let Some(export) = line.strip_prefix("export ") {
                module.add_export(export)?;
                continue;
            } else if line.starts_with("import{")
                || line.starts_with("export{")
                || line.starts_with("await ")
            {
                return None;
            }
            module.body.push_str(line);
            module.body.push('\n');
        }
        Some(module)
    }

    /// Takes `init, { a, b as c } from "./x.js";`.
    fn add_import(&mut self, name: &str, import: &str) -> Option<()> {
        let (names, path) = import.strip_suffix(';')?.split_once("from ")?;
        let path = path.trim().strip_prefix('"')?.strip_suffix('"')?;
        let from = resolved(name, path)?;
        let (default, named) = match names.split_once('{') {
            Some((default, named)) => (default, named.trim_end().strip_suffix('}')?),
            None => (names, ""),
        };
        let default = default.trim().trim_end_matches(',').trim();
        if default.starts_with('*') {
            return None;
        }
        let mut taken = pairs(named)?;
        if !default.is_empty() {
            taken.push(("default".to_owned(), default.to_owned()));
        }
        self.imports.push((from, taken));
        Some(())
    }

    /// Takes what follows `export`: a declaration, or `{ a, b as c };`.
    fn add_export(&mut self, export: &str) -> Option<()> {
        if let Some(list) = export.strip_prefix('{') {
            let list = list.trim_end().strip_suffix("};")?;
            for (own, given) in pairs(list)? {
                self.exports.push((given, own));
            }
            return Some(());
        }
        let declared = export.strip_prefix("async ").unwrap_or(export);
        let (keyword, rest) = declared.split_once(' ')?;
        if !["function", "class", "const", "let"].contains(&keyword) {
            return None;
        }
        let name: String = rest
            .chars()
            .take_while(|c| c.is_alphanumeric() || ['_', '$'].contains(c))
            .collect();
        if name.is_empty() {
            return None;
        }
        self.exports.push((name.clone(), name));
        self.body.push_str(export);
        self.body.push('\n');
        Some(())
    }
}

/// Names of a list: `a, b as c`.
fn pairs(list: &str) -> Option<Vec<(String, String)>> {
    let names = list
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    names
        .map(|name| {
            let (from, to) = name.split_once(" as ").unwrap_or((name, name));
            let is_name = |name: &str| !name.is_empty() && !name.contains(char::is_whitespace);
            (is_name(from) && is_name(to)).then(|| (from.to_owned(), to.to_owned()))
        })
        .collect()
}

/// The name in the theme of a module that a script imports.
fn resolved(name: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = name.split('/').collect();
    parts.pop();
    if !path.starts_with("./") && !path.starts_with("../") {
        return None;
    }
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// A script in the making.
struct Joined<'m> {
    modules: &'m BTreeMap<String, Module>,
    /// How many folders the script is below the folder of scripts.
    depth: usize,
    /// Modules that are in the text, by the constant that has what they give; `None` while they are on their way.
    done: BTreeMap<&'m str, Option<usize>>,
    text: String,
}

impl<'m> Joined<'m> {
    /// Joins a script with its modules; `None` where it has none, or one of them is not known.
    fn of(name: &str, module: &'m Module, modules: &'m BTreeMap<String, Module>) -> Option<String> {
        if module.imports.is_empty() {
            return None;
        }
        let mut joined = Self {
            modules,
            depth: name.matches('/').count(),
            done: BTreeMap::new(),
            text: String::new(),
        };
        let taken = joined.imports(module)?;
        joined.text.push_str(&taken);
        joined.text.push_str(&module.body);
        if !module.exports.is_empty() {
            let exports = module.exports.iter();
            let exports = exports.map(|(given, own)| format!("{own} as {given}"));
            let exports: Vec<String> = exports.collect();
            joined
                .text
                .push_str(&format!("export {{ {} }};\n", exports.join(", ")));
        }
        Some(joined.text)
    }

    /// Adds what a module imports, and gives the lines that take it.
    fn imports(&mut self, module: &'m Module) -> Option<String> {
        let mut lines = String::new();
        for (name, taken) in &module.imports {
            let constant = self.add(name)?;
            let taken = taken.iter().map(|(from, to)| format!("{from}: {to}"));
            let taken: Vec<String> = taken.collect();
            lines.push_str(&format!(
                "const {{ {} }} = $module{constant};\n",
                taken.join(", ")
            ));
        }
        Some(lines)
    }

    /// Adds a module where it is not there yet; `None` where it imports itself.
    fn add(&mut self, name: &str) -> Option<usize> {
        let (name, module) = self.modules.get_key_value(name)?;
        if let Some(known) = self.done.get(name.as_str()) {
            return *known;
        }
        self.done.insert(name, None);
        let taken = self.imports(module)?;
        let constant = self.done.values().flatten().count();
        self.done.insert(name, Some(constant));
        let exports = module.exports.iter();
        let exports: Vec<String> = exports
            .map(|(given, own)| format!("{given}: {own}"))
            .collect();
        // Its address is that of the script it is joined to.
        let up = "../".repeat(self.depth);
        let address = format!("new URL(\"{up}{name}\", import.meta.url).href");
        self.text.push_str(&format!(
            "const $module{constant} = (() => {{\n{taken}{}return {{ {} }};\n}})();\n",
            module.body.replace("import.meta.url", &address),
            exports.join(", ")
        ));
        Some(constant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(files: &[(&str, &str)], name: &str) -> String {
        let files = files.iter();
        let mut assets = files
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
            .collect();
        join(&mut assets);
        String::from_utf8(assets[name].clone()).expect("it is text")
    }

    #[test]
    fn a_script_has_all_its_modules_once_and_each_knows_its_address() {
        let files = [
            (
                "client/a.js",
                "// The page.\nimport { b } from \"./box/b.js\";\nimport c, { one as two } from \"./c.js\";\nb(c, two);\n",
            ),
            (
                "client/box/b.js",
                "import { one } from \"../c.js\";\n/** Says it. */\nexport function b() {\n  return new URL(\"x\", import.meta.url);\n}\n",
            ),
            (
                "client/c.js",
                "const name = 1;\nexport const one = name;\nexport { name as default };\n",
            ),
        ];
        let expected = "const $module0 = (() => {\nconst name = 1;\nconst one = name;\nreturn { one: one, default: name };\n})();\n\
            const $module1 = (() => {\nconst { one: one } = $module0;\nfunction b() {\n  return new URL(\"x\", new URL(\"../client/box/b.js\", import.meta.url).href);\n}\nreturn { b: b };\n})();\n\
            const { b: b } = $module1;\nconst { one: two, default: c } = $module0;\nb(c, two);\n";
        assert_eq!(joined(&files, "client/a.js"), expected);
        assert_eq!(joined(&files, "client/c.js"), files[2].1);
    }

    #[test]
    fn what_is_not_known_is_published_as_it_is() {
        for text in [
            "import * as all from \"./b.js\";\n",
            "import {\n  b } from \"./b.js\";\n",
            "import { b } from \"./gone.js\";\n",
            "import { b } from \"library\";\n",
            "import { a } from \"./a.js\";\n",
            "import { b } from \"./b.js\";\nexport default 1;\n",
        ] {
            let files = [
                ("client/a.js", text),
                ("client/b.js", "export const b = 1;\n"),
            ];
            assert_eq!(joined(&files, "client/a.js"), text);
        }
    }
}
