//! Problems as editors show them, and the changes that fix them.

use crate::diagnostic::{Code, Diagnostic, Fix, LineIndex, Severity};
use crate::files::Files;
use crate::lsp::text::{Encoding, OpenDocument, Root};
use camino::{Utf8Path, Utf8PathBuf};
use gen_lsp_types as lsp;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// A problem with its place in the text that it was found in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shown {
    pub(crate) diagnostic: lsp::Diagnostic,
    /// The change that fixes it, in bytes of that text.
    pub(crate) fix: Option<Fix>,
    /// Its bytes; for a problem of the whole file those of its first line.
    pub(crate) span: Range<usize>,
}

/// The problems of each file that has any.
pub(crate) type ByFile = BTreeMap<Utf8PathBuf, Vec<Shown>>;

/// Works out the places of sorted problems. `files` are those that they were found in.
pub(crate) fn shown(
    problems: &[Diagnostic],
    files: &dyn Files,
    root: &Root,
    encoding: Encoding,
) -> ByFile {
    let related = problems.iter().flat_map(|problem| &problem.related);
    let mut texts: HashMap<&Utf8Path, Vec<u8>> = HashMap::new();
    for place in related {
        let read = || files.read(&place.file).unwrap_or_default();
        texts.entry(&place.file).or_insert_with(read);
    }
    let indexes: HashMap<&Utf8Path, LineIndex<'_>> = texts
        .iter()
        .map(|(path, bytes)| (*path, LineIndex::new(bytes)))
        .collect();
    let mut by_file = ByFile::new();
    for group in problems.chunk_by(|a, b| a.file == b.file) {
        let file = &group[0].file;
        let bytes = files.read(file).unwrap_or_default();
        let index = LineIndex::new(&bytes);
        let shown = group.iter().map(|problem| {
            let span = problem.span.clone().filter(|span| *span != (0..0));
            let span = span.unwrap_or_else(|| index.line_span(1));
            let related = problem.related.iter().map(|place| {
                let span = place.span.clone().unwrap_or_default();
                let index = &indexes[place.file.as_path()];
                lsp::DiagnosticRelatedInformation {
                    location: lsp::Location {
                        uri: root.uri(&place.file),
                        range: encoding.place(index, &span),
                    },
                    message: place.label.clone(),
                }
            });
            let related: Vec<_> = related.collect();
            Shown {
                diagnostic: lsp::Diagnostic {
                    range: encoding.place(&index, &span),
                    severity: Some(severity(problem.severity)),
                    code: Some(problem.code.to_string().into()),
                    source: Some("portolan".to_owned()),
                    message: message(problem).into(),
                    tags: tag(problem.code).map(|tag| vec![tag]),
                    related_information: (!related.is_empty()).then_some(related),
                    ..lsp::Diagnostic::default()
                },
                fix: problem.fix.clone(),
                span,
            }
        });
        by_file.insert(file.clone(), shown.collect());
    }
    by_file
}

fn severity(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Error => lsp::DiagnosticSeverity::Error,
        Severity::Warning => lsp::DiagnosticSeverity::Warning,
    }
}

/// How editors show what a problem is about, beside an underline.
fn tag(code: Code) -> Option<lsp::DiagnosticTag> {
    match code {
        Code::SplitValue => Some(lsp::DiagnosticTag::Deprecated),
        Code::LostCell => Some(lsp::DiagnosticTag::Unnecessary),
        _ => None,
    }
}

/// What is wrong, then what is known of it, then what to do.
fn message(problem: &Diagnostic) -> String {
    let notes = problem.notes.iter().map(|note| format!("note: {note}"));
    let help = problem.help.iter().map(|help| format!("help: {help}"));
    let lines = [problem.message.clone()].into_iter();
    let lines: Vec<String> = lines.chain(notes).chain(help).collect();
    lines.join("\n")
}

/// The actions at a place of a document: each fix of a problem there, and all fixes of the document in one.
///
/// `only` names the kinds that are asked for.
pub(crate) fn actions(
    document: &OpenDocument,
    problems: &[Shown],
    asked: &Range<usize>,
    only: Option<&[lsp::CodeActionKind]>,
    encoding: Encoding,
) -> Vec<lsp::CodeAction> {
    let index = LineIndex::new(document.text.as_bytes());
    let edit = |fixes: &[&Fix]| {
        let edits = fixes.iter().map(|fix| {
            let range = encoding.place(&index, &fix.span);
            lsp::Edit::TextEdit(lsp::TextEdit::new(range, fix.replacement.clone()))
        });
        let text_document = lsp::OptionalVersionedTextDocumentIdentifier {
            version: Some(document.version),
            text_document_identifier: lsp::TextDocumentIdentifier::new(document.uri.clone()),
        };
        let edit = lsp::TextDocumentEdit::new(text_document, edits.collect());
        lsp::WorkspaceEdit {
            document_changes: Some(vec![edit.into()]),
            ..lsp::WorkspaceEdit::default()
        }
    };
    let is_asked = |kind: &lsp::CodeActionKind| {
        let kind = String::from(kind.clone());
        only.is_none_or(|only| {
            only.iter().any(|wanted| {
                let wanted = String::from(wanted.clone());
                kind.strip_prefix(&wanted).is_some_and(|rest| {
                    rest.is_empty() || wanted.is_empty() || rest.starts_with('.')
                })
            })
        })
    };
    let mut actions = Vec::new();
    if is_asked(&lsp::CodeActionKind::QuickFix) {
        let here = problems
            .iter()
            .filter(|problem| problem.span.start <= asked.end && asked.start <= problem.span.end);
        actions.extend(here.filter_map(|problem| {
            let fix = problem.fix.as_ref()?;
            Some(lsp::CodeAction {
                title: title(fix, &document.text),
                kind: Some(lsp::CodeActionKind::QuickFix),
                diagnostics: Some(vec![problem.diagnostic.clone()]),
                is_preferred: Some(true),
                edit: Some(edit(&[fix])),
                ..lsp::CodeAction::default()
            })
        }));
    }
    let fixes = problems.iter().filter_map(|problem| problem.fix.as_ref());
    let fixes = apart(fixes, &document.text);
    let all = lsp::CodeActionKind::SourceFixAll;
    // Among the actions of a place it would only be in the way of the one fix that it repeats.
    if is_asked(&all) && !fixes.is_empty() && (only.is_some() || fixes.len() > 1) {
        actions.push(lsp::CodeAction {
            title: "Fix all problems that have only one fix".to_owned(),
            kind: Some(all),
            edit: Some(edit(&fixes)),
            ..lsp::CodeAction::default()
        });
    }
    actions
}

/// The fixes that [`crate::diagnostic::apply_fixes`] applies together: of those that overlap or touch, the first.
fn apart<'a>(fixes: impl Iterator<Item = &'a Fix>, text: &str) -> Vec<&'a Fix> {
    let mut fixes: Vec<&Fix> = fixes
        .filter(|fix| text.get(fix.span.clone()).is_some())
        .collect();
    fixes.sort_by_key(|fix| (fix.span.start, fix.span.end));
    let mut kept: Vec<&Fix> = Vec::new();
    for fix in fixes {
        if kept
            .last()
            .is_none_or(|last| fix.span.start > last.span.end)
        {
            kept.push(fix);
        }
    }
    kept
}

/// The longest text that a title quotes, in characters.
const MAX_QUOTED: usize = 40;

fn title(fix: &Fix, text: &str) -> String {
    let quoted = |text: &str| {
        let line = text.trim().lines().collect::<Vec<_>>().join(" ");
        let short: String = line.chars().take(MAX_QUOTED).collect();
        let rest = if short.len() < line.len() { "…" } else { "" };
        format!("`{short}{rest}`")
    };
    let before = text.get(fix.span.clone()).unwrap_or_default().trim();
    let after = fix.replacement.trim();
    match (before.is_empty(), after.is_empty()) {
        (false, true) => format!("Delete {}", quoted(before)),
        (true, false) => format!("Insert {}", quoted(after)),
        (true, true) => "Fix the white space".to_owned(),
        (false, false) => format!("Replace {} with {}", quoted(before), quoted(after)),
    }
}
