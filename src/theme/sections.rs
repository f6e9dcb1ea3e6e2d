//! The sections of pages: `[sections]` of theme.toml. Contents lists and anchors follow from them.
//!
//! A page has the sections of its template and of those that it extends. Each declaration becomes a line of a template that says which sections a page shows, so that conditions and lists are
//! Tera's own expressions over what the page's template sees.

use super::problem::TemplateFiles;
use super::template_ids::{Place, of_page, pattern};
use super::words::Words;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;
use tera::{Context, Tera};
use toml::Spanned;
use toml::de::DeValue;

/// The key of theme.toml.
pub(super) const KEY: &str = "sections";

/// What a section may say of itself.
const FIELDS: [&str; 5] = ["id", "title", "if", "each", "headings"];

/// What separates the fields of a line of the template, and the lines.
const FIELD: char = '\u{1f}';
const LINE: char = '\u{1e}';

/// A part of pages that can be linked to.
#[derive(Debug, Clone)]
pub(super) struct Section {
    /// The id; with `each`, `{field}` is a field of the list's entry. Empty for the headings of the text.
    id: String,
    /// The key of its title, or `{field}`; `None` where no contents list has it.
    title: Option<String>,
    /// A Tera expression, in which `entry` is one of the list: the section is there where it is true.
    condition: Option<String>,
    /// A list, and lists in its entries: one section for each entry.
    each: Vec<String>,
    /// The headings of the text down to this level, in place of a section.
    headings: Option<u8>,
    span: Range<usize>,
}

/// The sections that a theme.toml gives a template.
#[derive(Debug, Clone)]
pub(super) struct Declared {
    sections: Vec<Section>,
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
    Headings(u8),
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

/// Reads the sections of a theme.toml: a list for each template.
pub(super) fn read(
    value: &Spanned<DeValue<'_>>,
    path: &Utf8Path,
    problems: &mut Vec<Diagnostic>,
) -> ByTemplate {
    let mut found = ByTemplate::new();
    let Some(templates) = value.get_ref().as_table() else {
        let what = "`sections` is no table".to_owned();
        problems.push(problem(path, value.span(), what).help("write `[sections]`"));
        return found;
    };
    for (template, list) in templates {
        let mut declared = Declared {
            sections: Vec::new(),
            path: path.to_owned(),
            span: template.span(),
        };
        let entries = list.get_ref().as_array();
        if entries.is_none() {
            let what = format!("`{}` takes a list of sections", template.get_ref());
            problems.push(problem(path, list.span(), what).help("write `[{ id = \"sources\" }]`"));
        }
        for entry in entries.into_iter().flatten() {
            match section(entry, path) {
                Ok(section) => declared.sections.push(section),
                Err(found) => problems.push(*found),
            }
        }
        found.insert(format!("{}.html", template.get_ref()), declared);
    }
    found
}

fn problem(path: &Utf8Path, span: Range<usize>, what: String) -> Diagnostic {
    Diagnostic::error(Code::InvalidTheme, path, what).at(span)
}

fn section(entry: &Spanned<DeValue<'_>>, path: &Utf8Path) -> Result<Section, Box<Diagnostic>> {
    let span = entry.span();
    let help = format!("a section has: {}", FIELDS.join(", "));
    let Some(table) = entry.get_ref().as_table() else {
        let what = "a section is an inline table".to_owned();
        return Err(Box::new(problem(path, span, what).help(help)));
    };
    let mut section = Section {
        id: String::new(),
        title: None,
        condition: None,
        each: Vec::new(),
        headings: None,
        span: span.clone(),
    };
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        let text = value.get_ref().as_str();
        let texts = || {
            let list = value.get_ref().as_array()?;
            let texts = list
                .iter()
                .map(|text| text.get_ref().as_str().map(str::to_owned));
            texts.collect::<Option<Vec<String>>>()
        };
        let level = || {
            let number = value.get_ref().as_integer()?;
            number
                .as_str()
                .parse()
                .ok()
                .filter(|level| (2..=6).contains(level))
        };
        let wrong = |form: &str| {
            let what = format!("`{name}` of a section takes {form}");
            Box::new(problem(path, value.span(), what).help(help.clone()))
        };
        match name {
            "id" => section.id = text.ok_or_else(|| wrong("a text"))?.to_owned(),
            "title" => section.title = Some(text.ok_or_else(|| wrong("a text"))?.to_owned()),
            "if" => section.condition = Some(text.ok_or_else(|| wrong("a text"))?.to_owned()),
            "each" => section.each = texts().ok_or_else(|| wrong("a list of texts"))?,
            "headings" => {
                section.headings = Some(level().ok_or_else(|| wrong("a level from 2 to 6"))?)
            }
            _ => {
                let help = did_you_mean(name, FIELDS)
                    .map_or_else(|| help.clone(), |near| format!("did you mean `{near}`?"));
                let what = format!("a section has no `{name}`");
                return Err(Box::new(problem(path, key.span(), what).help(help)));
            }
        }
    }
    if section.id.is_empty() == section.headings.is_none() {
        let what = "a section has either an `id` or `headings`".to_owned();
        let help =
            "write `id = \"sources\"`, or `headings = 2` where the headings of the text are listed";
        return Err(Box::new(problem(path, span, what).help(help)));
    }
    Ok(section)
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
        problems.extend(sections.filter_map(|section| section.problem(words, &declared.path)));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut built = Sections::default();
    let mut undeclared: BTreeSet<(Place, String)> = BTreeSet::new();
    for template in parents.keys() {
        let mut chain = Vec::new();
        let mut next = Some(*template);
        while let Some(name) = next.filter(|_| chain.len() < parents.len()) {
            chain.extend(declared.get(name));
            next = parents.get(name).copied().flatten();
        }
        let written = of_page(template, files);
        let declared = || chain.iter().rev().flat_map(|declared| &declared.sections);
        let ids: BTreeSet<String> = declared().map(Section::pattern).collect();
        undeclared.extend(written.iter().filter_map(|(id, place)| {
            let is_missing = template.ends_with(".html") && !ids.contains(id);
            is_missing.then(|| (place.clone(), id.clone()))
        }));
        let Some(last) = chain.first() else {
            continue;
        };
        // A template that takes the place of another one need not have all of its sections.
        let is_there =
            |section: &&Section| section.id.is_empty() || written.contains_key(&section.pattern());
        let own = || declared().filter(is_there);
        let plain = own().filter(|section| section.each.is_empty() && !section.id.is_empty());
        let found = OfTemplate {
            ids: plain.map(|section| section.id.clone()).collect(),
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
            sections.filter_map(|section| section.syntax_problem(tera, &declared.path))
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
    fn problem(&self, words: &Words, path: &Utf8Path) -> Option<Diagnostic> {
        let error = |what| problem(path, self.span.clone(), what);
        let title = self.title.as_ref().filter(|title| !title.contains('{'));
        if let Some(title) = title.filter(|title| words.find(title).is_none()) {
            let what = format!("the theme has no words `{title}`");
            let help = "a title is a key of strings/en.toml, such as \"document.cites\"";
            return Some(error(what).help(help));
        }
        None
    }

    /// What is wrong with its expressions.
    fn syntax_problem(&self, tera: &Tera, path: &Utf8Path) -> Option<Diagnostic> {
        let mut alone = Tera::default();
        alone.register_from(tera);
        alone.add_raw_template("section", &self.source()).err()?;
        let what = format!(
            "`if` or `each` of the section `{}` is no expression",
            self.id
        );
        let help = "write what stands between `{% if` and `%}` in a template: `document.cites`";
        Some(problem(path, self.span.clone(), what).help(help))
    }

    /// Its id with `{}` for the fields of a list's entry.
    fn pattern(&self) -> String {
        pattern(&self.id, "{", "}")
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
                source += &fill(&self.id);
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
