//! The pages of the desk.

use super::editor::Editor;
use super::open::{OpenView, value};
use super::sections::{Reason, Section, Subject, gather};
use super::{Current, Desk, FOLDER};
use crate::build::Site;
use crate::diagnostic::report::Located;
use crate::diagnostic::{LineIndex, Severity};
use crate::document::Document;
use crate::files::{Files as _, percent_encoded};
use crate::portal::Revisions;
use crate::sitemap::Page;
use serde::Serialize;
use std::collections::BTreeSet;
use tera::{Context, Tera};

/// Rows of a list on the first page of the desk, and on a page of its own.
const ROWS_AT_FIRST: usize = 10;
const ROWS: usize = 100;

const TEMPLATE: &str = "desk.html";

/// The part of the address that problems have.
const PROBLEMS: &str = "problems";

pub(super) fn templates() -> Tera {
    let mut tera = Tera::default();
    tera.add_raw_template(TEMPLATE, include_str!("desk.html"))
        .expect("a test makes pages with it");
    tera
}

/// What a page has.
#[derive(Debug, Serialize)]
struct PageView {
    title: &'static str,
    /// Whether it has every list.
    is_first: bool,
    folder: &'static str,
    /// The day that decides what is scheduled, expired or due.
    day: Option<String>,
    /// Why files cannot be opened.
    no_editor: Option<String>,
    lists: Vec<ListView>,
}

/// A list, or a page of it.
#[derive(Debug, Serialize)]
struct ListView {
    slug: &'static str,
    title: &'static str,
    meaning: &'static str,
    /// `3 documents`, `1 error, 2 warnings`.
    count: String,
    is_empty: bool,
    /// What is said where it is empty.
    none: String,
    groups: Vec<GroupView>,
    /// How many rows there are beyond those shown on the first page.
    more: usize,
    page: usize,
    pages: usize,
}

/// The rows of a file; other lists have one group without a name.
#[derive(Debug, Default, Serialize)]
struct GroupView {
    file: Option<String>,
    rows: Vec<RowView>,
}

#[derive(Debug, Serialize)]
struct RowView {
    number: Option<String>,
    title: Option<String>,
    /// The page in the preview.
    url: Option<String>,
    /// `content/about.md:3:1`; in a group of a file `line 3, column 1`.
    place: Option<String>,
    open: Option<OpenView>,
    /// Why it is listed, or what is wrong.
    why: String,
    /// `error` or `warning`; absent where it is neither.
    severity: Option<&'static str>,
    code: Option<String>,
    help: Option<String>,
}

impl Desk {
    /// Makes a page: `` is the first one, `drafts/` a list, of which `page=2` is a page. `None` where there is none.
    pub(in crate::preview) fn page(
        &self,
        path: &str,
        query: &str,
        now: Current<'_>,
    ) -> Option<Vec<u8>> {
        let slug = path.strip_suffix('/').unwrap_or(path);
        if slug.is_empty() && !path.is_empty() {
            return None;
        }
        let number = value(query, "page").and_then(|text| text.parse().ok());
        let number: usize = number.unwrap_or(1).max(1);
        let of = |section: Section, at: At| {
            let published = match section {
                Section::Changed => self.published(),
                _ => Revisions::default(),
            };
            self.list(section, &published, at, now)
        };
        let (title, lists) = if slug.is_empty() {
            let mut lists = vec![self.problems(At::First, now)];
            lists.extend(Section::ALL.map(|section| of(section, At::First)));
            ("Editor's desk", lists)
        } else if slug == PROBLEMS {
            let list = self.problems(At::Page(number), now);
            (list.title, vec![list])
        } else {
            let section = Section::ALL.into_iter().find(|one| one.slug() == slug)?;
            (section.title(), vec![of(section, At::Page(number))])
        };
        let no_editor = match &self.editor {
            Editor::None(why) => Some(why.clone()),
            Editor::Address(_) | Editor::Program(_) => None,
        };
        let view = PageView {
            title,
            is_first: slug.is_empty(),
            folder: FOLDER,
            day: now.site.map(|site| site.day.to_string()),
            no_editor,
            lists,
        };
        let context = Context::from_serialize(&view).expect("its keys are text");
        let html = self.templates.render(TEMPLATE, &context);
        Some(html.expect("a test makes pages with it").into_bytes())
    }

    fn problems(&self, at: At, now: Current<'_>) -> ListView {
        let mut sorted: Vec<&Located> = now.problems.iter().collect();
        // A file with errors keeps the portal from being published: it comes before those with warnings.
        let error = Severity::Error.label();
        let with_errors: BTreeSet<&str> = sorted
            .iter()
            .filter(|problem| problem.severity == error)
            .map(|problem| problem.file.as_str())
            .collect();
        sorted.sort_by_key(|problem| !with_errors.contains(problem.file.as_str()));
        let window = at.window(sorted.len());
        let mut groups: Vec<GroupView> = Vec::new();
        for problem in &sorted[window.from..window.to] {
            if groups.last().and_then(|group| group.file.as_ref()) != Some(&problem.file) {
                groups.push(GroupView {
                    file: Some(problem.file.clone()),
                    rows: Vec::new(),
                });
            }
            if let Some(group) = groups.last_mut() {
                group.rows.push(self.problem(problem, now));
            }
        }
        let errors = counted(now.errors(), "error");
        let warnings = counted(now.warnings(), "warning");
        ListView {
            slug: PROBLEMS,
            title: "Problems",
            meaning: "What `portolan check` reports. While there are errors, pages show the last state without errors.",
            count: format!("{errors}, {warnings}"),
            is_empty: sorted.is_empty(),
            none: "No problems.".to_owned(),
            groups,
            more: sorted.len() - (window.to - window.from),
            page: window.page,
            pages: window.pages,
        }
    }

    fn problem(&self, problem: &Located, now: Current<'_>) -> RowView {
        let Located {
            file, line, column, ..
        } = problem;
        let document = now.site.and_then(|site| {
            let at = site
                .portal
                .documents
                .binary_search_by(|document| document.path.as_str().cmp(file));
            at.ok().map(|at| (site, at.into()))
        });
        RowView {
            number: None,
            title: None,
            url: document.map(|(site, id)| link(site, site.portal.addresses.of(id))),
            place: Some(format!("line {line}, column {column}")),
            open: self.opens(file, *line, *column),
            why: problem.message.clone(),
            severity: Some(problem.severity),
            code: Some(problem.code.clone()).filter(|code| !code.is_empty()),
            help: problem.help.clone(),
        }
    }

    fn list(&self, section: Section, published: &Revisions, at: At, now: Current<'_>) -> ListView {
        let listed = gather(section, now, published);
        let window = at.window(listed.len());
        let rows = listed[window.from..window.to]
            .iter()
            .filter_map(|(subject, reason)| self.row(now.site?, subject, *reason));
        let group = GroupView {
            file: None,
            rows: rows.collect(),
        };
        let none = match (section, now.site) {
            (_, None) => "Nothing is known before the first build without errors.".to_owned(),
            (Section::Changed, _) if published.is_empty() => {
                "There is no published site to compare with: `portolan build` makes one in `public/`."
                    .to_owned()
            }
            _ => "None.".to_owned(),
        };
        ListView {
            slug: section.slug(),
            title: section.title(),
            meaning: section.meaning(),
            count: counted(listed.len(), "document"),
            is_empty: listed.is_empty(),
            none,
            groups: vec![group],
            more: listed.len() - (window.to - window.from),
            page: window.page,
            pages: window.pages,
        }
    }

    fn row(&self, site: &Site, subject: &Subject, reason: Reason) -> Option<RowView> {
        let (number, document, address) = match subject {
            Subject::Document(id) => {
                let address = site.portal.addresses.of(*id);
                let document = site.portal.document(*id);
                (document.fields.number(), document, address.to_owned())
            }
            Subject::Center(id) => {
                let document: &Document = &site.portal.center(*id).document;
                (None, document, Page::Center(*id).address(&site.portal))
            }
            Subject::Address(address) => {
                return Some(RowView {
                    number: None,
                    title: Some(format!("/{address}")),
                    url: None,
                    place: None,
                    open: None,
                    why: reason.words(None),
                    severity: None,
                    code: None,
                    help: None,
                });
            }
        };
        let (line, column) = self.position(document, reason.key());
        let path = document.path.as_str();
        Some(RowView {
            number,
            title: Some(document.common.title.clone()),
            url: Some(link(site, &address)),
            place: Some(format!("{path}:{line}:{column}")),
            open: self.opens(path, line, column),
            why: reason.words(Some(document)),
            severity: None,
            code: None,
            help: None,
        })
    }

    /// The line and column of a key's value; those of the first byte where the key is absent.
    fn position(&self, document: &Document, key: &str) -> (usize, usize) {
        let start = document.span(key).start;
        if start == 0 {
            return (1, 1);
        }
        let bytes = self.files.read(&document.path);
        let bytes = bytes.unwrap_or_default();
        let position = LineIndex::new(&bytes).position(start);
        (position.line, position.column)
    }
}

/// Which rows of a list are shown.
#[derive(Debug, Clone, Copy)]
enum At {
    First,
    /// From 1.
    Page(usize),
}

/// The rows from one to before another, and which page of how many they are.
struct Window {
    from: usize,
    to: usize,
    page: usize,
    pages: usize,
}

impl At {
    /// A page after the last one is the last one: the list may have become shorter.
    fn window(self, count: usize) -> Window {
        let (size, page) = match self {
            Self::First => (ROWS_AT_FIRST, 1),
            Self::Page(page) => (ROWS, page),
        };
        let pages = count.div_ceil(size).max(1);
        let page = page.min(pages);
        let from = (page - 1) * size;
        Window {
            from,
            to: count.min(from + size),
            page,
            pages,
        }
    }
}

fn link(site: &Site, address: &str) -> String {
    format!("/{}", percent_encoded(site.config.link(address)))
}

fn counted(count: usize, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}
