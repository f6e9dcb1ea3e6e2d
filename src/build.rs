//! The road from a content tree to a published site, on one screen.

use crate::active_content;
use crate::config::{self, Config, Day, UnknownTimeZone};
use crate::diagnostic::{self, Code, Diagnostic, Severity};
use crate::document::{self, Document, Schema, Unreadable};
use crate::files::{FileError, Files, InvalidSitePath, SitePath};
use crate::index::{self, IndexError};
use crate::plan::{self, Job};
use crate::portal;
use crate::portal::{Directory, Occasion, Portal, REVISIONS, Revisions, Tables};
use crate::publish::{PublishError, Publisher, Report};
use crate::render::{RenderError, Renderer};
use crate::source::{self, Sources};
use crate::tables;
use crate::tables::{
    AGENCIES_FILE, CHAPTERS_FILE, CONTACTS_FILE, COVERAGE_FILE, EARLIER_PROGRAMS_FILE, PORTS_FILE,
    PROGRAMS_FILE, STATISTICS_FILE, TARIFF_FILE, TableNumbers,
};
use crate::theme::{self, Theme};
use camino::Utf8Path;
use jiff::civil::Date;
use rayon::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};

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

/// Everything that pages are made of.
#[derive(Debug)]
pub struct Site {
    /// The settings.
    pub config: Config,
    /// The theme.
    pub theme: Theme,
    /// The day that decided what is scheduled, expired or overdue.
    pub day: Day,
    /// The documents together.
    pub portal: Portal,
    /// The files to make.
    pub jobs: Vec<Job>,
}

/// What a run found: a site where nothing is wrong, and every problem.
#[derive(Debug)]
pub struct Outcome<T> {
    /// `None` where an error stands among the problems.
    pub result: Option<T>,
    /// Sorted by file and place.
    pub problems: Vec<Diagnostic>,
}

/// Reads and checks a portal.
///
/// # Errors
/// When a file cannot be read, or the day cannot be told.
pub fn load(files: &dyn Files, occasion: Occasion) -> Result<Outcome<Site>, BuildError> {
    let config = match config::load(files)? {
        Ok(config) => config,
        Err(problems) => return Ok(outcome(None, problems)),
    };
    let day = config.day(&occasion.clock)?;
    let schema = match Schema::new(&config) {
        Ok(schema) => schema,
        Err(problems) => return Ok(outcome(None, problems)),
    };
    let (theme, mut problems) = match theme::load(files, &config)? {
        Ok(theme) => {
            let warnings = theme.warnings.clone();
            (Some(theme), warnings)
        }
        Err(problems) => (None, problems),
    };
    let folders: Vec<&str> = schema.kinds.folders().collect();
    let (sources, misplaced) = source::scan(files, &folders, &config.ignore)?;
    problems.extend(misplaced);
    let (documents, unreadable) = read_documents(files, &sources, &schema)?;
    problems.extend(
        unreadable
            .iter()
            .flat_map(|document| document.problems.iter().cloned()),
    );
    let tables = Tables {
        directory: read_directory(files, &sources, &config, day.date, &mut problems)?,
        tariff: read_table(
            files,
            &sources,
            TARIFF_FILE,
            tables::read_tariff,
            &mut problems,
        )?,
        chapters: read_table(
            files,
            &sources,
            CHAPTERS_FILE,
            tables::read_chapters,
            &mut problems,
        )?,
        statistics: read_table(
            files,
            &sources,
            STATISTICS_FILE,
            tables::read_statistics,
            &mut problems,
        )?,
        status_sources: read_table(
            files,
            &sources,
            COVERAGE_FILE,
            tables::read_status_sources,
            &mut problems,
        )?,
        named_numbers: read_named_numbers(files, &sources)?,
        tariff_since: config.hts.since,
        change_notes: config.change_notes,
        today: day.date,
        occasion,
    };
    let (portal, contradictions) =
        portal::assemble(documents, &unreadable, &sources, schema, tables);
    problems.extend(contradictions);
    problems.extend(
        portal
            .all_documents()
            .flat_map(|document| document.problems.iter().cloned()),
    );
    problems.extend(active_content(files, &portal, &config)?);
    let Some(theme) = theme.filter(|_| !diagnostic::has_errors(&problems)) else {
        return Ok(outcome(None, problems));
    };
    let jobs = plan::plan(&portal, &theme, &config)?;
    Ok(outcome(
        Some(Site {
            config,
            theme,
            day,
            portal,
            jobs,
        }),
        problems,
    ))
}

/// What was published last in an output folder; nothing where there is none.
#[must_use]
pub fn published(out: &dyn Files) -> Revisions {
    let list = out.read(Utf8Path::new(REVISIONS));
    list.map_or_else(|_| Revisions::default(), |bytes| Revisions::read(&bytes))
}

/// Makes the files that are not current and publishes the site, unless a page cannot be made.
///
/// `done` is told of each file.
///
/// # Errors
/// When a file cannot be read or the output folder not be written.
pub fn publish(
    site: &Site,
    files: &dyn Files,
    out: &Utf8Path,
    done: &(dyn Fn(usize) + Sync),
) -> Result<Outcome<Report>, BuildError> {
    publish_with(Publisher::begin(out, &site.config.keep)?, site, files, done)
}

/// The same through a publisher that has begun, for tests.
///
/// # Errors
/// When a file cannot be read or the output folder not be written.
pub fn publish_with(
    publisher: Publisher,
    site: &Site,
    files: &dyn Files,
    done: &(dyn Fn(usize) + Sync),
) -> Result<Outcome<Report>, BuildError> {
    let renderer = Renderer::new(&site.portal, &site.config, &site.theme, files);
    let count = AtomicUsize::new(0);
    let problems: Vec<Option<Diagnostic>> = site
        .jobs
        .par_iter()
        .map(|job| {
            let problem = make(job, &renderer, &publisher)?;
            done(count.fetch_add(1, Ordering::Relaxed) + 1);
            Ok(problem)
        })
        .collect::<Result<_, BuildError>>()?;
    let problems: Vec<Diagnostic> = problems.into_iter().flatten().collect();
    if problems.is_empty() {
        write_index(site, files, &publisher)?;
    }
    let report = if problems.is_empty() {
        Some(publisher.commit()?)
    } else {
        None
    };
    Ok(outcome(report, problems))
}

fn make(
    job: &Job,
    renderer: &Renderer<'_>,
    publisher: &Publisher,
) -> Result<Option<Diagnostic>, BuildError> {
    let prepared = renderer.prepare(job)?;
    let fingerprint = prepared.fingerprint;
    if publisher.is_current(&job.path, &fingerprint) {
        publisher.keep(job.path.clone());
        return Ok(None);
    }
    match renderer.render(&job.path, prepared) {
        Ok(bytes) => publisher.write(job.path.clone(), fingerprint, &bytes)?,
        Err(RenderError::File(error)) => return Err(error.into()),
        Err(RenderError::Template(problem)) => return Ok(Some(*problem)),
    }
    Ok(None)
}

/// Puts the index beside the pages, unless it was made from the same inputs.
fn write_index(site: &Site, files: &dyn Files, publisher: &Publisher) -> Result<(), BuildError> {
    let fingerprint = index::fingerprint(&site.portal, &site.config, &site.theme.words);
    let manifest = SitePath::try_from(index::MANIFEST.to_owned())?;
    if publisher.is_current(&manifest, &fingerprint) {
        publisher.keep_below(index::FOLDER, &index::is_index_file);
        return Ok(());
    }
    let Some(made) = index::make(&site.portal, &site.config, &site.theme.words, files)? else {
        return Ok(());
    };
    let previous = publisher.published(&manifest);
    made.par_iter().try_for_each(|file| {
        let path = SitePath::try_from(format!("{}/{}", index::FOLDER, file.path))?;
        Ok::<_, BuildError>(publisher.write(path, fingerprint, &file.bytes)?)
    })?;
    // A page that is open during a publish still asks for the chunks that its manifest named. Those that both
    // generations have were written above.
    if let Some(previous) = previous {
        publisher.keep_below(index::FOLDER, &index::files_of(&previous));
    }
    Ok(())
}

fn read_documents(
    files: &dyn Files,
    sources: &Sources,
    schema: &Schema,
) -> Result<(Vec<Document>, Vec<Unreadable>), FileError> {
    let read: Vec<Result<Document, Box<Unreadable>>> = sources
        .documents
        .par_iter()
        .map(|file| Ok(document::read(file, &files.read(&file.path)?, schema)))
        .collect::<Result<_, FileError>>()?;
    let mut documents = Vec::with_capacity(read.len());
    let mut unreadable = Vec::new();
    for result in read {
        match result {
            Ok(document) => documents.push(document),
            Err(document) => unreadable.push(*document),
        }
    }
    Ok((documents, unreadable))
}

/// Looks at files that are published as they are for what they make a reader's browser do.
fn active_content(
    files: &dyn Files,
    portal: &Portal,
    config: &Config,
) -> Result<Vec<Diagnostic>, FileError> {
    let published = portal.addresses.files.par_iter();
    let found = published.filter(|(path, _)| active_content::may_be_active(path));
    let found: Vec<Vec<Diagnostic>> = found
        .map(|(path, _)| {
            let problems =
                active_content::check(path, &files.read(path)?, config.base_url.as_deref());
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

/// Reads the tables of offices, ports, programs and agencies.
fn read_directory(
    files: &dyn Files,
    sources: &Sources,
    config: &Config,
    today: Date,
    problems: &mut Vec<Diagnostic>,
) -> Result<Directory, FileError> {
    let contacts = tables::read_contacts;
    let (ports, agencies) = (tables::read_ports, tables::read_agencies);
    let programs_file = programs_file(sources, problems);
    let programs = |bytes: &[u8]| tables::read_programs(programs_file, bytes);
    Ok(Directory {
        contacts: read_table(files, sources, CONTACTS_FILE, contacts, problems)?,
        ports: read_table(files, sources, PORTS_FILE, ports, problems)?,
        programs: read_table(files, sources, programs_file, programs, problems)?,
        programs_file,
        agencies: read_table(files, sources, AGENCIES_FILE, agencies, problems)?,
        verified_since: config.verified_since(today),
    })
}

/// The tariff numbers that the tables of offices, programs and agencies name.
fn read_named_numbers(
    files: &dyn Files,
    sources: &Sources,
) -> Result<Vec<TableNumbers>, FileError> {
    let programs = [PROGRAMS_FILE, EARLIER_PROGRAMS_FILE];
    let tables = [CONTACTS_FILE, AGENCIES_FILE].into_iter().chain(programs);
    let there = tables.filter(|file| has_table(sources, file));
    there
        .map(|file| {
            let bytes = files.read(Utf8Path::new(file))?;
            Ok(tables::numbers_in_table(file, &bytes))
        })
        .collect()
}

fn has_table(sources: &Sources, file: &str) -> bool {
    sources.data.iter().any(|path| path == file)
}

/// The name that the table of programs has in this portal.
fn programs_file(sources: &Sources, problems: &mut Vec<Diagnostic>) -> &'static str {
    let has = [PROGRAMS_FILE, EARLIER_PROGRAMS_FILE].map(|file| has_table(sources, file));
    if has == [true, true] {
        let what = format!("duplicate table: `{PROGRAMS_FILE}` has another name for this file");
        problems.push(
            Diagnostic::error(Code::InvalidData, EARLIER_PROGRAMS_FILE, what)
                .help("move its entries to that file and delete this one"),
        );
    }
    if has == [false, true] {
        EARLIER_PROGRAMS_FILE
    } else {
        PROGRAMS_FILE
    }
}

/// Reads a table of `content/data/`, where it is there.
fn read_table<T>(
    files: &dyn Files,
    sources: &Sources,
    file: &str,
    read: impl Fn(&[u8]) -> Result<T, Vec<Diagnostic>>,
    problems: &mut Vec<Diagnostic>,
) -> Result<Option<T>, FileError> {
    if !has_table(sources, file) {
        return Ok(None);
    }
    match read(&files.read(Utf8Path::new(file))?) {
        Ok(table) => Ok(Some(table)),
        Err(found) => {
            problems.extend(found);
            Ok(None)
        }
    }
}

fn outcome<T>(result: Option<T>, mut problems: Vec<Diagnostic>) -> Outcome<T> {
    diagnostic::sort(&mut problems);
    Outcome { result, problems }
}
