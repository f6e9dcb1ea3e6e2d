//! The pipeline from a content tree to a published site, on one screen.

mod make;
mod recall;
mod run;
mod stages;

pub use make::{make, make_index};
pub use recall::{Recalled, recall, remember_check};
pub use run::{Built, Memory, run};
pub use stages::{Observer, Stage};

use crate::active_content;
use crate::addresses;
use crate::cache::Facts;
use crate::config::{self, Clock, Config, Day, UnknownTimeZone};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::document::{Document, Schema, Unreadable};
use crate::files::{FileError, Files, InvalidSitePath};
use crate::index::{BlockCache, IndexError};
use crate::output::publish::{PublishError, Publisher, Report};
use crate::portal;
use crate::portal::{Portal, Revisions};
use crate::render::{Renderer, Shared};
use crate::sitemap::{self, Anchors, Entry, SiteMap};
use crate::source::{self, Sources};
use crate::tables;
use crate::theme::{self, Theme};
use camino::Utf8Path;
use jiff::civil::Date;
use rayon::prelude::*;
use std::sync::{Arc, LazyLock};

/// A run that could not be finished.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant is the error that it holds")]
pub enum BuildError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error(transparent)]
    Path(#[from] InvalidSitePath),
    #[error(transparent)]
    Index(#[from] IndexError),
    #[error(transparent)]
    Publish(#[from] PublishError),
    #[error(transparent)]
    TimeZone(#[from] UnknownTimeZone),
}

/// When a site is made, and for whom.
#[derive(Debug, Clone)]
pub struct BuildContext {
    /// Tells the day.
    pub clock: Clock,
    /// Whether drafts and what is not published yet are shown, for the preview.
    pub drafts: bool,
    /// What was published last.
    pub published: Revisions,
    /// Where the site is served in place of the settings' `base_url`, for the preview: `http://127.0.0.1:4000/`.
    pub origin: Option<String>,
}

impl BuildContext {
    /// The view of readers on a day, of a portal that was not published before.
    #[must_use]
    pub fn on(today: Date) -> Self {
        Self {
            clock: Clock::Fixed(today),
            drafts: false,
            published: Revisions::default(),
            origin: None,
        }
    }
}

/// Everything that pages are made of. A copy shares all of it.
#[derive(Debug, Clone)]
pub struct Site {
    /// The settings.
    pub config: Arc<Config>,
    /// The theme.
    pub theme: Arc<Theme>,
    /// The day that decided what is scheduled, expired or overdue.
    pub day: Day,
    /// The documents together.
    pub portal: Portal,
    /// Every address.
    pub site_map: Arc<SiteMap>,
}

impl Site {
    /// Gets ready to make its pages; `files` are those that it was loaded from.
    #[must_use]
    pub fn renderer<'a>(&'a self, files: &'a dyn Files) -> Renderer<'a> {
        Renderer::new(
            &self.site_map,
            &self.portal,
            &self.config,
            &self.theme,
            files,
        )
    }

    /// Gathers what all of its pages are made with.
    #[must_use]
    pub fn shared(&self) -> Shared {
        let (map, theme) = (&self.site_map, &self.theme);
        Shared::new(map, &self.portal, &self.config, theme)
    }

    /// Gets ready to make its pages with what was gathered before.
    #[must_use]
    pub fn renderer_sharing<'a>(&'a self, shared: &Shared, files: &'a dyn Files) -> Renderer<'a> {
        let (map, theme) = (&self.site_map, &self.theme);
        let shared = shared.clone();
        Renderer::sharing(shared, map, &self.portal, &self.config, theme, files)
    }
}

/// A portal as it was read, also where something is wrong with it: what an editor asks about while a document is half
/// written.
#[derive(Debug)]
pub struct Survey {
    /// The settings.
    pub config: Config,
    /// The theme; `None` where something is wrong with it.
    pub theme: Option<Theme>,
    /// The day that decided what is scheduled, expired or overdue.
    pub day: Day,
    /// The documents together, without those that cannot be read.
    pub portal: Portal,
    /// Every address.
    pub site_map: SiteMap,
}

/// What a run found: a site where nothing is wrong, and every problem.
#[derive(Debug)]
pub struct Outcome<T> {
    /// `None` where an error stands among the problems.
    pub result: Option<T>,
    /// Sorted by file and place.
    pub problems: Vec<Diagnostic>,
}

/// Reads and checks a portal. Documents that `facts` remembers are not read again; it then has those of this run.
///
/// # Errors
/// When a file cannot be read, or the day cannot be told.
pub fn load(
    files: &dyn Files,
    facts: &Facts,
    context: BuildContext,
    observer: &dyn Observer,
) -> Result<Outcome<Site>, BuildError> {
    let Outcome { result, problems } = survey(files, facts, context, observer)?;
    let is_sound = !diagnostic::has_errors(&problems);
    let site = result.filter(|_| is_sound).and_then(|survey| {
        Some(Site {
            config: Arc::new(survey.config),
            theme: Arc::new(survey.theme?),
            day: survey.day,
            portal: survey.portal,
            site_map: Arc::new(survey.site_map),
        })
    });
    Ok(Outcome {
        result: site,
        problems,
    })
}

/// Reads and checks a portal as [`load`] does, and gives what was read also where there are errors; only without settings
/// there is nothing.
///
/// # Errors
/// When a file cannot be read, or the day cannot be told.
pub fn survey(
    files: &dyn Files,
    facts: &Facts,
    context: BuildContext,
    observer: &dyn Observer,
) -> Result<Outcome<Survey>, BuildError> {
    let BuildContext {
        clock,
        drafts,
        published,
        origin,
    } = context;
    let read = || config::load(files);
    let mut config = match stages::run(observer, Stage::Config, read, |_| 1)? {
        Ok(config) => config,
        Err(problems) => return Ok(outcome(None, problems)),
    };
    let day = config.day(&clock)?;
    let schema = match Schema::new(&config) {
        Ok(schema) => schema,
        Err(problems) => return Ok(outcome(None, problems)),
    };
    let public = config.base_url.clone();
    if origin.is_some() {
        config.base_url = origin;
    }

    let read = || theme::load(files, &config);
    let count = |theme: &Result<Result<Theme, _>, _>| {
        let theme = theme.as_ref().ok().and_then(|theme| theme.as_ref().ok());
        theme.map_or(0, |theme| theme.templates.get_template_names().count())
    };
    let (theme, mut problems) = match stages::run(observer, Stage::Theme, read, count)? {
        Ok(theme) => {
            let warnings = theme.warnings.clone();
            (Some(theme), warnings)
        }
        Err(problems) => (None, problems),
    };

    let folders: Vec<&str> = schema.kinds.folders().collect();
    let scan = || source::scan(files, &folders, &config.ignore);
    let count = |found: &Result<(Sources, _), _>| {
        found
            .as_ref()
            .map_or(0, |(sources, _)| sources.documents.len())
    };
    let (sources, misplaced) = stages::run(observer, Stage::Source, scan, count)?;
    problems.extend(misplaced);

    let read = || read_documents(files, facts, &sources, &schema);
    let count = |read: &Result<(Vec<_>, _), _>| read.as_ref().map_or(0, |read| read.0.len());
    let (documents, unreadable) = stages::run(observer, Stage::Document, read, count)?;
    problems.extend(
        unreadable
            .iter()
            .flat_map(|document| document.problems.iter().cloned()),
    );

    let read = || tables::read(files, &sources, &config, day.date);
    let tables = stages::run(observer, Stage::Tables, read, |_| sources.data.len());
    let (tables, of_tables) = tables?;
    problems.extend(of_tables);

    let inputs = portal::Inputs {
        schema,
        tables,
        sources: &sources,
        config: &config,
        today: day.date,
        drafts,
        published: &published,
    };
    let put = || portal::assemble(documents, &unreadable, inputs);
    let count = |(portal, _): &(Portal, _)| portal.documents.len();
    let (portal, contradictions) = stages::run(observer, Stage::Portal, put, count);
    problems.extend(contradictions);
    problems.extend(
        portal
            .all_documents()
            .flat_map(|document| document.problems.iter().cloned()),
    );

    let list = || {
        let (site_map, mut problems) = SiteMap::new(&portal, theme.as_ref(), &config)?;
        let links = check_links(
            files,
            &site_map,
            &portal,
            &config,
            theme.as_ref(),
            &unreadable,
        );
        problems.extend(links);
        Ok::<_, BuildError>((site_map, problems))
    };
    let count =
        |made: &Result<(SiteMap, _), _>| made.as_ref().map_or(0, |made| made.0.entries().len());
    let (site_map, of_addresses) = stages::run(observer, Stage::Sitemap, list, count)?;
    problems.extend(of_addresses);

    let look = || active_content(files, &portal, &config, public.as_deref());
    let count = |_: &_| portal.addresses.files.len();
    problems.extend(stages::run(observer, Stage::ActiveContent, look, count)?);

    Ok(outcome(
        Some(Survey {
            config,
            theme,
            day,
            portal,
            site_map,
        }),
        problems,
    ))
}

/// Checks the links of every document against the site map. Which sections a page has is known where pages are made.
fn check_links(
    files: &dyn Files,
    site_map: &SiteMap,
    portal: &Portal,
    config: &Config,
    theme: Option<&Theme>,
    unreadable: &[Unreadable],
) -> Vec<Diagnostic> {
    // Few links lead to a section.
    let renderer =
        LazyLock::new(|| theme.map(|theme| Renderer::new(site_map, portal, config, theme, files)));
    let sections = |entry: &Entry| {
        let renderer = renderer.as_ref();
        renderer.map_or_else(Vec::new, |renderer| renderer.sections(entry))
    };
    let anchors = Anchors::new(site_map, portal, theme.map(|theme| (theme, &sections as _)));
    sitemap::check_links(site_map, portal, &anchors, unreadable)
}

/// What was published last in an output folder; nothing where there is none.
#[must_use]
pub fn published(out: &dyn Files) -> Revisions {
    let list = out.read(Utf8Path::new(addresses::REVISIONS));
    list.map_or_else(|_| Revisions::default(), |bytes| Revisions::read(&bytes))
}

/// Makes the files that are not current and publishes the site, unless a page cannot be made.
fn publish(
    site: &Site,
    files: &dyn Files,
    publisher: Publisher,
    blocks: &dyn BlockCache,
    observer: &dyn Observer,
) -> Result<Outcome<Report>, BuildError> {
    let entries: Vec<&Entry> = site.site_map.entries().iter().collect();
    // Each has steps that only one core can do, in which the other one goes on.
    let (pages, index) = rayon::join(
        || make(site, &entries, files, &publisher, observer),
        || make_index(site, files, &publisher, blocks, observer),
    );
    let mut problems = pages?;
    if problems.is_empty() {
        problems.extend(index?);
    }
    let report = if problems.is_empty() {
        let count = |report: &Result<Report, _>| report.as_ref().map_or(0, |report| report.written);
        Some(stages::run(
            observer,
            Stage::Output,
            || publisher.commit(),
            count,
        )?)
    } else {
        None
    };
    Ok(outcome(report, problems))
}

/// Reads the documents of a content tree, in parallel.
pub(crate) fn read_documents(
    files: &dyn Files,
    facts: &Facts,
    sources: &Sources,
    schema: &Schema,
) -> Result<(Vec<Arc<Document>>, Vec<Unreadable>), FileError> {
    let read = facts.read(files, &sources.documents, schema)?;
    let mut documents = Vec::with_capacity(read.len());
    let mut unreadable = Vec::new();
    for result in read {
        match result {
            Ok(document) => documents.push(document),
            Err(document) => unreadable.push(Unreadable::clone(&document)),
        }
    }
    Ok((documents, unreadable))
}

/// Looks at files that are published as they are for what they make a reader's browser do.
fn active_content(
    files: &dyn Files,
    portal: &Portal,
    config: &Config,
    base_url: Option<&str>,
) -> Result<Vec<Diagnostic>, FileError> {
    let published = portal.addresses.files.par_iter();
    let found = published.filter(|(path, _)| active_content::may_be_active(path));
    let found: Vec<Vec<Diagnostic>> = found
        .map(|(path, _)| {
            let problems = active_content::check(path, &files.read(path)?, base_url);
            let below = path.strip_prefix(source::CONTENT).unwrap_or(path);
            let is_allowed = config.allow_scripts.matches(below);
            let problems = problems.into_iter();
            Ok(problems
                .filter(|problem| !is_allowed || problem.severity == Severity::Error)
                .collect())
        })
        .collect::<Result<_, FileError>>()?;
    Ok(found.into_iter().flatten().collect())
}

fn outcome<T>(result: Option<T>, mut problems: Vec<Diagnostic>) -> Outcome<T> {
    diagnostic::sort(&mut problems);
    Outcome { result, problems }
}
