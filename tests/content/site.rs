//! A portal in memory, written down in a test like the folder that it stands for.

#![allow(dead_code, reason = "not every test file has a use for all of it")]

use jiff::civil::{Date, date};
use portolan::build::BuildContext;
use portolan::build::{self, Outcome, Site};
use portolan::diagnostic::{Code, Diagnostic, LineIndex};
use portolan::files::{Files, Memory};
use portolan::plan::What;
use portolan::portal::{REVISIONS, Revisions};
use portolan::render::Renderer;

/// The day on which tests look at their portals.
pub(crate) const TODAY: Date = date(2026, 11, 25);

/// Files that a test puts together.
#[derive(Clone)]
pub(crate) struct Tree {
    files: Memory,
    today: Date,
    published: Revisions,
    drafts: bool,
}

impl Tree {
    /// A portal of two Centers: electronics (chapter 85, heading 8471) and apparel (chapters 61 and 62).
    pub(crate) fn new() -> Self {
        Self {
            files: Memory::new(),
            today: TODAY,
            published: Revisions::default(),
            drafts: false,
        }
        .with("site.toml", "title = \"Sample\"\nbase_url = \"https://portal.example/\"\n")
        .with(
            "content/electronics/index.md",
            "---\nname: Electronics\nkind: industry\nnumber: \"007\"\nhts: [\"85\", \"8471\"]\n---\n",
        )
        .with(
            "content/apparel/index.md",
            "---\nname: Apparel\nkind: industry\nnumber: \"004\"\nhts: [\"61\", \"62\"]\n---\n",
        )
    }

    /// Puts or replaces a file.
    pub(crate) fn with(mut self, path: &str, text: &str) -> Self {
        self.files = self.files.with(path, text);
        self
    }

    /// Puts a ruling of the Center for electronics: its front matter beside number, title and date, and its body.
    pub(crate) fn ruling(self, number: &str, date: &str, keys: &str, body: &str) -> Self {
        let name = number.rsplit(' ').next().unwrap_or_default().to_lowercase();
        self.with(
            &format!("content/electronics/rulings/{name}.md"),
            &format!(
                "---\nnumber: {number}\ntitle: Ruling {number}\ndate: {date}\n{keys}---\n{body}\n"
            ),
        )
    }

    /// Looks at the portal on another day.
    pub(crate) fn on(mut self, today: Date) -> Self {
        self.today = today;
        self
    }

    /// Looks at the portal as the preview does.
    pub(crate) fn with_drafts(mut self) -> Self {
        self.drafts = true;
        self
    }

    /// The addresses of the files that are published as they are.
    pub(crate) fn copies(&self) -> Vec<String> {
        let outcome = self.load();
        let site = outcome
            .result
            .unwrap_or_else(|| panic!("the portal has problems: {:#?}", outcome.problems));
        let jobs = site.jobs.iter();
        let copies = jobs.filter(|job| matches!(job.what, What::Copy(_)));
        copies.map(|job| job.path.to_string()).collect()
    }

    /// Has the portal published as it is now.
    pub(crate) fn published(mut self) -> Self {
        self.published = Revisions::read(self.page(REVISIONS).as_bytes());
        self
    }

    pub(crate) fn files(&self) -> &Memory {
        &self.files
    }

    pub(crate) fn load(&self) -> Outcome<Site> {
        let context = BuildContext {
            published: self.published.clone(),
            drafts: self.drafts,
            ..BuildContext::on(self.today)
        };
        build::load(&self.files, context).expect("memory can be read")
    }

    /// The problems as `path:line:column P0000`.
    pub(crate) fn problems(&self) -> Vec<String> {
        let problems = self.load().problems;
        problems.iter().map(|problem| self.place(problem)).collect()
    }

    /// The first problem of a kind.
    pub(crate) fn problem(&self, code: Code) -> Diagnostic {
        let problems = self.load().problems;
        let found = problems.iter().find(|problem| problem.code == code);
        found
            .unwrap_or_else(|| panic!("no {code} among {problems:#?}"))
            .clone()
    }

    fn place(&self, problem: &Diagnostic) -> String {
        let bytes = self.files.read(&problem.file).unwrap_or_default();
        let start = problem.span.as_ref().map_or(0, |span| span.start);
        let position = LineIndex::new(&bytes).position(start);
        format!(
            "{}:{}:{} {}",
            problem.file, position.line, position.column, problem.code
        )
    }

    /// A file of the site.
    pub(crate) fn page(&self, path: &str) -> String {
        let outcome = self.load();
        let site = outcome
            .result
            .unwrap_or_else(|| panic!("the portal has problems: {:#?}", outcome.problems));
        let renderer = Renderer::new(&site.portal, &site.config, &site.theme, &self.files);
        let job = site.jobs.iter().find(|job| job.path.as_str() == path);
        let job = job.unwrap_or_else(|| panic!("the site has no {path}"));
        let prepared = renderer.prepare(job).expect("its inputs can be read");
        let bytes = renderer
            .render(&job.path, prepared)
            .expect("the page can be made");
        String::from_utf8(bytes).expect("pages are text")
    }
}
