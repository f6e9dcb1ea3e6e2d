//! A portal in memory and its story: what is edited, built, and found in the output folder.

use super::site::{self, Files};
use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::{Date, date};
use portolan::addresses::REVISIONS;
use portolan::build::BuildContext;
use portolan::build::{self, BuildError, Observer, Outcome, Site, Stage};
use portolan::cache::{Cache, Facts};
use portolan::check::{self, Fixed};
use portolan::diagnostic::{Code, Diagnostic, LineIndex, report};
use portolan::files::{Disk, Files as _, Memory};
use portolan::index::BlockFolder;
use portolan::output::publish::{Abilities, Report};
use portolan::portal::Revisions;
use portolan::preview::Offline;
use portolan::render::{RenderError, Renderer};
use portolan::sitemap::Page;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;

/// The day on which tests look at their portals.
pub(crate) const TODAY: Date = date(2026, 11, 25);

/// Files that a test puts together and edits, and the folder to which they are published.
///
/// A copy goes its own way, with its own output folder.
#[derive(Debug, Clone)]
pub(crate) struct Portal {
    files: Files,
    today: Date,
    published: Revisions,
    drafts: bool,
    folder: Folder,
    /// What builds keep for those after them.
    cache: Folder,
    last: Option<BuildRecord>,
}

/// What a build did.
#[derive(Debug, Clone)]
pub(crate) struct BuildRecord {
    /// What the program says that it did.
    pub(crate) report: Report,
    /// The files that were made again, those of the index apart.
    pub(crate) rendered: BTreeSet<String>,
    /// How many blocks of the index were made again.
    pub(crate) blocks: usize,
    /// What it knew of the site before.
    revisions: Revisions,
    /// The site before and after it.
    before: Files,
    after: Files,
}

/// Counts the blocks of the index that a build makes.
#[derive(Default)]
struct MadeBlocks(AtomicUsize);

impl Observer for MadeBlocks {
    fn end(&self, stage: Stage, count: usize) {
        if stage == Stage::Index {
            self.0.store(count, Ordering::Relaxed);
        }
    }
}

/// How a build ended.
pub(crate) enum BuildResult {
    /// The site was published; these are warnings.
    Published(Vec<Diagnostic>),
    /// Errors among these problems stopped it.
    Refused(Vec<Diagnostic>),
    /// It could not be finished.
    Failed(BuildError),
}

/// A temporary folder that is copied with its portal. The site is in its `public/`.
#[derive(Debug)]
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder can be made"))
    }
}

impl Clone for Folder {
    fn clone(&self) -> Self {
        let copy = Self::new();
        site::copy_all(self.0.path(), copy.0.path());
        copy
    }
}

/// Setting up and editing.
impl Portal {
    /// A portal of two Centers: electronics (chapter 85, heading 8471) and apparel (chapters 61 and 62).
    pub(crate) fn new() -> Self {
        Self::of(&[
            (
                "site.toml",
                "title = \"Sample\"\nbase_url = \"https://portal.example/\"\n",
            ),
            (
                "content/electronics/index.md",
                "---\nname: Electronics\nkind: industry\nnumber: \"007\"\nhts: [\"85\", \"8471\"]\n---\n",
            ),
            (
                "content/apparel/index.md",
                "---\nname: Apparel\nkind: industry\nnumber: \"004\"\nhts: [\"61\", \"62\"]\n---\n",
            ),
        ])
    }

    /// The small sound portal that mistakes and examples are laid over, on a day early in its year.
    pub(crate) fn sound() -> Self {
        Self::of(super::SOUND).on(date(2026, 1, 2))
    }

    /// A portal of these files alone.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let empty = Self {
            files: Files::new(),
            today: TODAY,
            published: Revisions::default(),
            drafts: false,
            folder: Folder::new(),
            cache: Folder::new(),
            last: None,
        };
        empty.with_all(files)
    }

    /// Puts or replaces a file.
    pub(crate) fn with(mut self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.files
            .insert(path.to_owned(), content.as_ref().to_vec());
        self
    }

    /// Puts or replaces files.
    pub(crate) fn with_all(self, files: &[(&str, &str)]) -> Self {
        let files = files.iter();
        files.fold(self, |portal, (path, text)| portal.with(path, text))
    }

    /// Puts a ruling of the Center for electronics: its front matter beside number, title and date, and its body.
    pub(crate) fn ruling(self, number: &str, date: &str, keys: &str, body: &str) -> Self {
        let name = number.rsplit(' ').next().unwrap_or_default().to_lowercase();
        self.with(
            &format!("content/electronics/rulings/{name}.md"),
            format!(
                "---\nnumber: {number}\ntitle: Ruling {number}\ndate: {date}\n{keys}---\n{body}\n"
            ),
        )
    }

    /// Replaces a file that is there.
    pub(crate) fn change(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        assert!(self.files.contains_key(path), "there is no {path}");
        self.with(path, content)
    }

    /// Replaces a text in a file.
    pub(crate) fn replace(self, path: &str, from: &str, to: &str) -> Self {
        let text = self.text(path);
        assert!(text.contains(from), "there is no `{from}` in {path}");
        self.with(path, text.replace(from, to))
    }

    pub(crate) fn rename(mut self, from: &str, to: &str) -> Self {
        let content = self.files.remove(from);
        let content = content.unwrap_or_else(|| panic!("there is no {from}"));
        self.with(to, content)
    }

    pub(crate) fn delete(mut self, path: &str) -> Self {
        assert!(self.files.remove(path).is_some(), "there is no {path}");
        self
    }

    /// Makes these the files, and the day.
    pub(crate) fn edit(&mut self, files: Files, today: Date) {
        (self.files, self.today) = (files, today);
    }

    pub(crate) fn files(&self) -> &Files {
        &self.files
    }

    fn text(&self, path: &str) -> String {
        let content = self.files.get(path);
        let content = content.unwrap_or_else(|| panic!("there is no {path}"));
        String::from_utf8(content.clone()).expect("it is text")
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

    /// Has the portal published as it is now, as far as later builds know.
    pub(crate) fn published(mut self) -> Self {
        self.published = Revisions::read(self.page(REVISIONS).as_bytes());
        self
    }
}

/// Looking at what is made in memory.
impl Portal {
    pub(crate) fn memory(&self) -> Memory {
        let files = self.files.iter();
        files.fold(Memory::new(), |memory, (path, content)| {
            memory.with(path, content.clone())
        })
    }

    pub(crate) fn context(&self) -> BuildContext {
        BuildContext {
            published: self.published.clone(),
            drafts: self.drafts,
            ..BuildContext::on(self.today)
        }
    }

    pub(crate) fn load(&self) -> Outcome<Site> {
        build::load(&self.memory(), &Facts::default(), self.context(), &())
            .expect("memory can be read")
    }

    /// The portal's parts, where nothing is wrong with it.
    pub(crate) fn site(&self) -> Site {
        let Outcome { result, problems } = self.load();
        result.unwrap_or_else(|| {
            let shown = report::terminal(&problems, &self.memory(), false);
            panic!("the portal has problems:\n{shown}")
        })
    }

    /// What `portolan check --fix` does to it.
    pub(crate) fn fixed(&self) -> Fixed {
        check::fix(&self.memory(), &Facts::default(), &self.context(), &())
            .expect("memory can be read")
    }

    /// The problems that `portolan check` finds.
    pub(crate) fn check_for_problems(&self) -> Vec<Diagnostic> {
        check::check(&self.memory(), &Facts::default(), self.context(), &())
            .expect("memory can be read")
            .problems
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
        let bytes = self.memory().read(&problem.file).unwrap_or_default();
        let start = problem.span.as_ref().map_or(0, |span| span.start);
        let position = LineIndex::new(&bytes).position(start);
        format!(
            "{}:{}:{} {}",
            problem.file, position.line, position.column, problem.code
        )
    }

    /// The addresses of the files that are published as they are.
    pub(crate) fn copies(&self) -> Vec<String> {
        let site = self.site();
        let copies = site.site_map.entries().iter();
        let copies = copies.filter(|job| matches!(job.page, Page::Copy { .. }));
        copies.map(|job| job.path.to_string()).collect()
    }

    /// A file of the site.
    pub(crate) fn page(&self, path: &str) -> String {
        let mut pages = self.pages(|name| name == path);
        let (_, page) = pages
            .pop()
            .unwrap_or_else(|| panic!("the site has no {path}"));
        String::from_utf8(page.expect("the templates are sound")).expect("pages are text")
    }

    /// Every file of the site but the search index.
    pub(crate) fn all_pages(&self) -> Files {
        let pages = self.pages(|_| true).into_iter();
        pages
            .map(|(path, page)| (path, page.expect("the templates are sound")))
            .collect()
    }

    /// Files of the site, as far as the templates make them.
    pub(crate) fn pages(
        &self,
        wanted: impl Fn(&str) -> bool,
    ) -> Vec<(String, Result<Vec<u8>, RenderError>)> {
        let (site, memory) = (self.site(), self.memory());
        let renderer = site.renderer(&memory);
        let jobs = site
            .site_map
            .entries()
            .iter()
            .filter(|job| wanted(job.path.as_str()));
        jobs.map(|job| (job.path.to_string(), renderer.render_entry(job)))
            .collect()
    }
}

/// Building into the output folder.
impl Portal {
    pub(crate) fn out(&self) -> Utf8PathBuf {
        site::utf8(self.folder.0.path()).join("public")
    }

    fn blocks(&self) -> BlockFolder {
        BlockFolder::below(site::utf8(self.cache.0.path()))
    }

    /// Everything in the output folder, and beside it.
    pub(crate) fn output(&self) -> Files {
        site::files_below(self.folder.0.path())
    }

    /// The published site.
    pub(crate) fn output_site(&self) -> Files {
        site::files_below(self.out().as_std_path())
    }

    /// Takes over an output folder, and what lies beside it, from another place.
    pub(crate) fn with_output(mut self, folder: TempDir) -> Self {
        self.folder = Folder(folder);
        self
    }

    /// Puts a file into the output folder by hand.
    pub(crate) fn by_hand(self, path: &str, text: &str) -> Self {
        site::put(self.out().join(path), text);
        self
    }

    /// Builds, as `portolan build` does, and publishes.
    pub(crate) fn build(mut self) -> Self {
        match self.try_build(Abilities::default()) {
            BuildResult::Published(_) => self,
            BuildResult::Refused(problems) => {
                let shown = report::terminal(&problems, &self.memory(), false);
                panic!("the portal has problems:\n{shown}")
            }
            BuildResult::Failed(error) => panic!("{error}"),
        }
    }

    /// Builds, is refused because of errors, and leaves the published site as it was.
    pub(crate) fn build_refused(mut self) -> Self {
        let before = self.output();
        let ended = self.try_build(Abilities::default());
        assert!(matches!(ended, BuildResult::Refused(_)), "nothing is wrong");
        assert_eq!(site::difference(&self.output(), &before), None);
        self
    }

    /// Builds, whatever comes of it, and gives every problem.
    pub(crate) fn build_for_problems(&mut self) -> Vec<Diagnostic> {
        match self.try_build(Abilities::default()) {
            BuildResult::Published(problems) | BuildResult::Refused(problems) => problems,
            BuildResult::Failed(error) => panic!("{error}"),
        }
    }

    /// Builds on a file system with these abilities.
    pub(crate) fn try_build(&mut self, abilities: Abilities) -> BuildResult {
        let (files, out) = (self.memory(), self.out());
        let before = self.output_site();
        self.published = build::published(&Disk::new(&out));
        let (cache, made) = (Cache::of(&self.cache_disk()), MadeBlocks::default());
        let memory = build::Memory {
            cache: &cache,
            blocks: &self.blocks(),
        };
        let built = match build::run(&files, &out, abilities, memory, &self.context(), &made) {
            Ok(built) => built,
            Err(error) => return BuildResult::Failed(error),
        };
        assert!(built.not_remembered.is_none(), "{:?}", built.not_remembered);
        let problems = built.problems;
        let Some((_, report)) = built.published else {
            return BuildResult::Refused(problems);
        };
        let after = self.output_site();
        let revisions = self.published.clone();
        let record = BuildRecord::new(report, revisions, before, after);
        self.last = Some(BuildRecord {
            blocks: made.0.into_inner(),
            ..record
        });
        BuildResult::Published(problems)
    }

    /// What its builds remember.
    pub(crate) fn cache_files(&self) -> Files {
        site::files_below(self.cache.0.path())
    }

    /// Puts a file in the place of what builds remember.
    pub(crate) fn damage_cache(&self, path: &str, content: &[u8]) {
        site::put(self.cache_disk_path().join(path), content);
    }

    fn cache_disk_path(&self) -> Utf8PathBuf {
        site::utf8(self.cache.0.path()).to_path_buf()
    }

    fn cache_disk(&self) -> Disk {
        Disk::new(self.cache_disk_path())
    }

    pub(crate) fn last(&self) -> &BuildRecord {
        self.last.as_ref().expect("the portal was built")
    }

    /// Asserts which files the last build made again, and how many of all files (those of the index among them) it wrote.
    pub(crate) fn rendered<const N: usize>(self, paths: [&str; N]) -> Self {
        let expected: BTreeSet<String> = paths.map(str::to_owned).into();
        assert_eq!(self.last().rendered, expected);
        self
    }

    /// Asserts how many blocks of the index the last build made, because they were not kept.
    pub(crate) fn made_blocks(self, count: usize) -> Self {
        assert_eq!(self.last().blocks, count);
        self
    }

    /// Asserts how many files the last build wrote and removed, those of the index among them.
    pub(crate) fn wrote(self, written: usize, removed: usize) -> Self {
        let report = self.last().report;
        assert_eq!((report.written, report.removed), (written, removed));
        self
    }

    /// Asserts that the output is, byte for byte, what a build of the same content makes in an empty folder.
    pub(crate) fn published_is_clean(self) -> Self {
        if let Some(difference) = self.difference_from_clean() {
            panic!("the site is not what a clean build makes:\n{difference}");
        }
        self
    }

    /// How the output differs from a clean build. Only parts of the index that the last site had are left out: pages that
    /// are open during a publish still ask for them.
    pub(crate) fn difference_from_clean(&self) -> Option<String> {
        let last = self.last();
        let clean = Self {
            files: self.files.clone(),
            published: last.revisions.clone(),
            folder: Folder::new(),
            cache: Folder::new(),
            last: None,
            ..*self
        };
        let clean = clean.build_once();
        let earlier: BTreeSet<&str> = last
            .after
            .iter()
            .filter(|(path, bytes)| {
                is_chunk(path)
                    && !clean.contains_key(*path)
                    && last.before.get(*path) == Some(bytes)
            })
            .map(|(path, _)| path.as_str())
            .collect();
        site::difference(&site::without(&last.after, &earlier), &clean)
    }

    /// The site that one build makes, whatever was published before.
    fn build_once(&self) -> Files {
        let memory = build::Memory {
            cache: &Cache::default(),
            blocks: &self.blocks(),
        };
        let (files, out, abilities) = (self.memory(), self.out(), Abilities::default());
        let built = build::run(&files, &out, abilities, memory, &self.context(), &());
        let built = built.expect("memory can be read and a temporary folder be written");
        assert!(built.published.is_some(), "{:?}", built.problems);
        self.output_site()
    }

    /// Shows the portal in a preview, and gives its problems.
    pub(crate) fn show_in(&self, preview: &mut Offline) -> Vec<Diagnostic> {
        let context = BuildContext {
            published: Revisions::default(),
            ..self.context()
        };
        let problems = preview.build(Arc::new(self.memory()), context);
        problems.expect("memory can be read")
    }
}

/// The preview.
impl Portal {
    /// Shows a document in a preview before everything is loaded again; whether that is done.
    pub(crate) fn edit_in(&self, preview: &mut Offline, path: &Utf8Path) -> bool {
        preview.edit(Arc::new(self.memory()), path)
    }
}

/// Whether a file is named by the hash of its content, as parts of the index are; its manifest is not.
pub(crate) fn is_chunk(path: &str) -> bool {
    site::is_index(path) && path != portolan::index::MANIFEST
}

impl BuildRecord {
    /// Holds what the program says it did against what is found in the folder.
    fn new(report: Report, revisions: Revisions, before: Files, after: Files) -> Self {
        let (old, new) = (site::fingerprints(&before), site::fingerprints(&after));
        let is_same = |path: &&String| before.get(*path) == after.get(*path);
        let written = new.keys().filter(|path| !is_same(path)).count();
        let gone = old.keys().filter(|path| !new.contains_key(*path)).count();
        assert_eq!(
            (report.written, report.kept, report.removed),
            (written, new.len() - written, gone),
            "the report does not say what happened in the folder"
        );
        let made = |path: &str| old.get(path) != new.get(path);
        let rendered = new
            .keys()
            .filter(|path| made(path) && !site::is_index(path));
        let rendered: BTreeSet<String> = rendered.cloned().collect();
        // An index that is as two builds ago is made again though its files are still there with their fingerprints.
        let index = after.keys().filter(|path| site::is_index(path));
        assert!(
            (rendered.len()..=rendered.len() + index.count()).contains(&report.rendered),
            "{} files were made again, not {rendered:#?}",
            report.rendered
        );
        Self {
            report,
            rendered,
            blocks: 0,
            revisions,
            before,
            after,
        }
    }
}
