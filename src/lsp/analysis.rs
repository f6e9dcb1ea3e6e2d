//! Reads the portal again after each change, on a thread of its own: what was typed meanwhile is read in one go.

use super::answers::problems::{self, ByFile};
use super::text::{Encoding, OpenDocuments, Overlay, Root};
use crate::build::{self, BuildContext, BuildError, Outcome, Survey};
use crate::cache::Facts;
use crate::diagnostic;
use crate::files::Files;
use crate::portal;
use camino::Utf8PathBuf;
use crossbeam_channel::{Receiver, Sender, unbounded};
use std::collections::HashSet;
use std::sync::Arc;
use std::thread;

/// Makes the context of a run: the day can be another one than at the last.
pub type Context = Box<dyn Fn() -> BuildContext + Send>;

/// What the portal was found to be, with the open documents as they were then.
pub(super) struct Analysis {
    /// The documents that were open.
    pub(super) open: OpenDocuments,
    /// What was read; `None` where the settings are wrong.
    pub(super) survey: Option<Survey>,
    /// The problems of each file that has any.
    pub(super) problems: ByFile,
}

/// The thread that reads the portal.
pub(super) struct Analyzer {
    /// The open documents of each change.
    pub(super) changes: Sender<OpenDocuments>,
    /// What was found. A failure of the run is told in words; the next change tries again.
    pub(super) found: Receiver<Result<Analysis, String>>,
}

/// Starts the thread. It ends when nobody sends changes any more.
///
/// # Errors
/// When the system starts no thread.
pub(super) fn start(
    files: Arc<dyn Files>,
    context: Context,
    root: Root,
    encoding: Encoding,
) -> std::io::Result<Analyzer> {
    let (changes, to_do) = unbounded::<OpenDocuments>();
    let (done, found) = unbounded();
    let work = move || {
        // Only documents that changed since the last run are read and parsed.
        let facts = Facts::default();
        while let Ok(mut open) = to_do.recv() {
            // Only the newest state counts.
            while let Ok(newer) = to_do.try_recv() {
                open = newer;
            }
            let overlay = Overlay {
                base: Arc::clone(&files),
                open,
            };
            let analysis = analyze(&overlay, &facts, &context, &root, encoding);
            let analysis = analysis.map(|(survey, problems)| Analysis {
                open: overlay.open,
                survey,
                problems,
            });
            if done
                .send(analysis.map_err(|error| error.to_string()))
                .is_err()
            {
                return;
            }
        }
    };
    thread::Builder::new()
        .name("analysis".to_owned())
        .spawn(work)?;
    Ok(Analyzer { changes, found })
}

/// Reads and checks the portal as the editor shows it.
///
/// What is known of it includes drafts and what is scheduled or expired, so that they can be completed and found. Its
/// problems are those that `portolan check` reports, and those of documents that are not published yet.
fn analyze(
    files: &Overlay,
    facts: &Facts,
    context: &Context,
    root: &Root,
    encoding: Encoding,
) -> Result<(Option<Survey>, ByFile), BuildError> {
    let context = context();
    let with_drafts = BuildContext {
        drafts: true,
        ..context.clone()
    };
    let Outcome { result, problems } = build::survey(files, facts, with_drafts, &())?;
    let withheld = result.as_ref().map(withheld).unwrap_or_default();
    let problems = if withheld.is_empty() {
        problems
    } else {
        let mut public = build::survey(files, facts, context, &())?.problems;
        // The run without them knows nothing of those documents.
        public.retain(|problem| !withheld.contains(&problem.file));
        let unpublished = problems.into_iter();
        public.extend(unpublished.filter(|problem| withheld.contains(&problem.file)));
        diagnostic::sort(&mut public);
        public
    };
    Ok((result, problems::shown(&problems, files, root, encoding)))
}

/// The documents that readers do not see today.
fn withheld(survey: &Survey) -> HashSet<Utf8PathBuf> {
    let documents = survey.portal.documents.iter();
    let withheld = documents.filter(|document| !portal::is_public(document, survey.day.date));
    withheld.map(|document| document.path.clone()).collect()
}
