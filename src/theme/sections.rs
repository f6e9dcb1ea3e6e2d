//! The sections of pages: `[sections]` of theme.toml. Contents lists and anchors follow from them.
//!
//! A page has the sections of its template and of those that it extends. Each declaration becomes a line of a template that says which sections a page shows, so that conditions and lists are
//! Tera's own expressions over what the page's template sees.

use super::problem::TemplateFiles;
use super::template_ids::{Place, of_page, pattern};
use super::words::Words;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::schema::{Field, Item, Located, Named, Node, Reader, Shape, keys};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;
use tera::{Context, Tera};

/// What separates the fields of a line of the template, and the lines.
const FIELD: char = '\u{1f}';
const LINE: char = '\u{1e}';

keys! {
    /// A part of pages that can be linked to.
    #[derive(Debug, Clone)]
    pub(super) struct Section, "a section" {
        /// The id; with `each`, `{field}` is a field of the list's entry. Absent for the headings of the text.
        id: Option<String> => [example("\"sources\"")],
        /// The key of its title, or `{field}`; absent where no contents list has it.
        title: Option<String> => [example("\"document.sources\"")],
        /// A Tera expression, in which `entry` is one of the list: the section is there where it is true.
        condition as "if": Option<String> => [example("\"document.sources\"")],
        /// A list, and lists in its entries: one section for each entry.
        each: Vec<String> => [example("[\"states\"]")],
        /// The headings of the text down to this level, in place of a section.
        headings: Option<u32> => [example("2")],
    }
}

/// The sections of a template.
#[derive(Debug, Clone, Default)]
pub(super) struct SectionList(Vec<Located<Section>>);

impl Item for SectionList {
    fn shape() -> Shape {
        <Section as Item>::shape()
    }

    fn from_node(reader: &mut Reader<'_>, field: &Field, node: &Node) -> Option<Self> {
        reader.items(field, node).map(Self)
    }

    fn canonical_item(&self) -> serde_yaml::Value {
        serde_yaml::Value::Sequence(self.0.iter().map(Item::canonical_item).collect())
    }
}

/// The sections that a theme.toml gives a template.
#[derive(Debug, Clone)]
pub(super) struct Declared {
    sections: Vec<Located<Section>>,
    path: Utf8PathBuf,
    span: Range<usize>,
}

/// The declared sections by the names of templates.
pub(super) type ByTemplate = BTreeMap<String, Declared>;

/// The sections of a theme, by the template that makes a page.
#[derive(Debug, Clone, Default)]
pub struct Sections {
    by_template: BTreeMap<String, OfTemplate>,
}

#[derive(Debug, Clone, Default)]
struct OfTemplate {
    /// Ids that do not depend on the page.
    ids: BTreeSet<String>,
    /// Whether other ids do.
    has_lists: bool,
    /// The source of the template that lists the sections of a page.
    source: String,
    /// The theme.toml that says the last of them.
    path: Utf8PathBuf,
}

/// A line of a page's contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// A section with its id; and its title, where contents lists have it.
    Section(String, Option<String>),
    /// The headings of the text down to this level.
    Headings(u32),
}

impl Sections {
    /// The ids that a page of a template may have and no heading on it gets.
    #[must_use]
    pub fn ids(&self, template: &str) -> &BTreeSet<String> {
        static NONE: BTreeSet<String> = BTreeSet::new();
        let found = self.by_template.get(template);
        found.map_or(&NONE, |found| &found.ids)
    }

    /// Whether pages of a template have sections whose ids depend on the page.
    #[must_use]
    pub fn has_lists(&self, template: &str) -> bool {
        let found = self.by_template.get(template);
        found.is_some_and(|found| found.has_lists)
    }

    /// The sections that a page shows, in the order of its contents.
    ///
    /// # Errors
    /// When an expression of theme.toml asks for what the page does not have.
    pub fn shown(
        &self,
        tera: &Tera,
        template: &str,
        page: &Context,
    ) -> Result<Vec<Shown>, Box<Diagnostic>> {
        let Some(found) = self.by_template.get(template) else {
            return Ok(Vec::new());
        };
        let text = tera.render(&name(template), page).map_err(|error| {
            let what = format!("a section of `{template}` cannot be listed: {error}");
            Box::new(
                problem(&found.path, 0..0, what)
                    .help("compare `if` and `each` with docs/theme-variables.md"),
            )
        })?;
        let lines = text.split(LINE).filter(|line| !line.is_empty());
        Ok(lines
            .map(|line| {
                let mut fields = line.split(FIELD);
                let id = fields.next().unwrap_or_default();
                match (id, fields.next()) {
                    ("", level) => {
                        Shown::Headings(level.and_then(|level| level.parse().ok()).unwrap_or(6))
                    }
                    (id, title) => Shown::Section(id.to_owned(), title.map(str::to_owned)),
                }
            })
            .collect())
    }

    /// What of a template's sections follows from the theme alone, for its hash.
    pub(super) fn sources(&self) -> impl Iterator<Item = &str> {
        self.by_template.values().map(|found| found.source.as_str())
    }
}

/// The name of the template that lists the sections of another one's pages. Its end keeps text from being escaped.
fn name(template: &str) -> String {
    format!("{template}/sections")
}

/// The sections of a theme.toml by the names of their templates.
pub(super) fn declared(sections: &Named<SectionList>, path: &Utf8Path) -> ByTemplate {
    let lists = sections.iter().map(|(template, list)| {
        let declared = Declared {
            sections: list.0.clone(),
            path: path.to_owned(),
            span: template.span.clone(),
        };
        (format!("{}.html", template.value), declared)
    });
    lists.collect()
}

fn problem(path: &Utf8Path, span: Range<usize>, what: String) -> Diagnostic {
    Diagnostic::error(Code::InvalidTheme, path, what).at(span)
}

/// Puts the sections of a theme into templates of their own beside those of the pages; with what templates have and the
/// theme does not declare.
pub(super) fn add_to(
    tera: &mut Tera,
    declared: &ByTemplate,
    words: &Words,
    files: &TemplateFiles,
) -> Result<(Sections, Vec<Diagnostic>), Vec<Diagnostic>> {
    let pages = files.iter().filter(|(name, _)| !name.contains('/'));
    let parents: BTreeMap<&str, Option<&str>> = pages
        .map(|(name, file)| (name.as_str(), parent(&file.text)))
        .collect();
    let mut problems = Vec::new();
    for (template, declared) in declared {
        if !parents.contains_key(template.as_str()) {
            let near = did_you_mean(template, parents.keys().copied());
            let help = near.map_or_else(
                || "write the name of a template without `.html`".to_owned(),
                |near| format!("did you mean `{}`?", near.trim_end_matches(".html")),
            );
            let what = format!("no template is called `{template}`");
            problems.push(problem(&declared.path, declared.span.clone(), what).help(help));
        }
        let sections = declared.sections.iter();
        problems.extend(sections.filter_map(|section| {
            let error = |what| problem(&declared.path, section.span.clone(), what);
            section.problem(words, &error)
        }));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut built = Sections::default();
    let mut undeclared: BTreeSet<(Place, String)> = BTreeSet::new();
    for template in parents.keys() {
        let extended = |name: &&str| parents.get(name).copied().flatten();
        let chain = std::iter::successors(Some(*template), extended).take(parents.len());
        let chain: Vec<&Declared> = chain.filter_map(|name| declared.get(name)).collect();
        let written = of_page(template, files);
        let listed = || {
            let sections = chain.iter().rev().flat_map(|declared| &declared.sections);
            sections.map(|section| &section.value)
        };
        let ids: BTreeSet<String> = listed().map(Section::pattern).collect();
        undeclared.extend(written.iter().filter_map(|(id, place)| {
            let is_missing = template.ends_with(".html") && !ids.contains(id);
            is_missing.then(|| (place.clone(), id.clone()))
        }));
        let Some(last) = chain.first() else {
            continue;
        };
        // A template that takes the place of another one need not have all of its sections.
        let is_there =
            |section: &&Section| section.id.is_none() || written.contains_key(&section.pattern());
        let own = || listed().filter(is_there);
        let plain = own().filter(|section| section.each.is_empty());
        let found = OfTemplate {
            ids: plain.filter_map(|section| section.id.clone()).collect(),
            has_lists: own().any(|section| !section.each.is_empty()),
            source: own().map(Section::source).collect(),
            path: last.path.clone(),
        };
        built.by_template.insert((*template).to_owned(), found);
    }
    // All at once: the engine goes through every template whenever some are added.
    let sources = built.by_template.iter();
    let sources = sources.map(|(template, found)| (name(template), found.source.as_str()));
    if let Err(error) = tera.add_raw_templates(sources) {
        let sections = declared.values().flat_map(|declared| {
            let sections = declared.sections.iter();
            sections.filter_map(|section| {
                let error = |what| problem(&declared.path, section.span.clone(), what);
                section.syntax_problem(tera, &error)
            })
        });
        let mut problems: Vec<Diagnostic> = sections.collect();
        if problems.is_empty() {
            let what = format!("the sections of the theme cannot be read: {error}");
            problems.push(problem(Utf8Path::new(super::description::FILE), 0..0, what));
        }
        return Err(problems);
    }
    let warnings = undeclared.iter().map(|(place, id)| {
        let file = &files[&place.template];
        let id = id.replace("{}", "{…}");
        let what = format!("theme.toml does not declare the id `{id}`");
        let is_partial = place.template.contains('/');
        let page = if is_partial { "base" } else { place.template.trim_end_matches(".html") };
        Diagnostic::warning(Code::UndeclaredId, file.path.clone(), what)
            .at(place.start + file.bom..place.end + file.bom)
            .help(format!("list it below `[sections]` of theme.toml, for example `{page} = [{{ id = \"{id}\" }}]`: links to it are checked, and no heading gets it"))
    });
    Ok((built, warnings.collect()))
}

/// The template that one extends, as its first line says.
fn parent(text: &str) -> Option<&str> {
    let (_, rest) = text.trim_start().split_once("{% extends \"")?;
    rest.split('"').next()
}

impl Section {
    /// What is wrong with it once words and templates are known.
    fn problem(&self, words: &Words, error: &dyn Fn(String) -> Diagnostic) -> Option<Diagnostic> {
        if self.id.is_some() == self.headings.is_some() {
            let what = "a section has either an `id` or `headings`".to_owned();
            let help = "write `id = \"sources\"`, or `headings = 2` where the headings of the text are listed";
            return Some(error(what).help(help));
        }
        if self.headings.is_some_and(|level| !(2..=6).contains(&level)) {
            let what = "`headings` is no level from 2 to 6".to_owned();
            return Some(error(what).help("write `headings = 6` for all of them"));
        }
        let title = self.title.as_ref().filter(|title| !title.contains('{'));
        if let Some(title) = title.filter(|title| words.find(title).is_none()) {
            let what = format!("the theme has no words `{title}`");
            let help = "a title is a key of strings/en.toml, such as \"document.cites\"";
            return Some(error(what).help(help));
        }
        None
    }

    /// What is wrong with its expressions.
    fn syntax_problem(
        &self,
        tera: &Tera,
        error: &dyn Fn(String) -> Diagnostic,
    ) -> Option<Diagnostic> {
        let mut alone = Tera::default();
        alone.register_from(tera);
        alone.add_raw_template("section", &self.source()).err()?;
        let what = format!(
            "`if` or `each` of the section `{}` is no expression",
            self.id()
        );
        let help = "write what stands between `{% if` and `%}` in a template: `document.cites`";
        Some(error(what).help(help))
    }

    fn id(&self) -> &str {
        self.id.as_deref().unwrap_or_default()
    }

    /// Its id with `{}` for the fields of a list's entry.
    fn pattern(&self) -> String {
        pattern(self.id(), "{", "}")
    }

    /// The lines of the template that list it.
    fn source(&self) -> String {
        let mut source = String::new();
        let mut entry = String::new();
        for (depth, list) in self.each.iter().enumerate() {
            let of = if depth == 0 {
                list.clone()
            } else {
                format!("{entry}.{list}")
            };
            let is_last = depth + 1 == self.each.len();
            entry = if is_last {
                "entry".to_owned()
            } else {
                format!("entry{depth}")
            };
            let _ = write!(source, "{{% for {entry} in {of} %}}");
        }
        if let Some(condition) = &self.condition {
            let _ = write!(source, "{{% if {condition} %}}");
        }
        let fill = |pattern: &str| {
            pattern
                .replace('{', &format!("{{{{ {entry}."))
                .replace('}', " }}")
        };
        match self.headings {
            Some(level) => {
                let _ = write!(source, "{FIELD}{level}{LINE}");
            }
            None => {
                source += &fill(self.id());
                match &self.title {
                    Some(title) if title.contains('{') => {
                        let _ = write!(source, "{FIELD}{}", fill(title));
                    }
                    Some(title) => {
                        let (group, key) = title.split_once('.').unwrap_or((title, ""));
                        let _ = write!(source, "{FIELD}{{{{ t.{group}[\"{key}\"] }}}}");
                    }
                    None => {}
                }
                source.push(LINE);
            }
        }
        if self.condition.is_some() {
            source += "{% endif %}";
        }
        source + &"{% endfor %}".repeat(self.each.len())
    }
}
