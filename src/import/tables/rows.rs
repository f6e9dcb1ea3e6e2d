//! `import csv`: each row of a table as a document of one kind.

use super::entries;
use super::table::Table;
use crate::diagnostic::{Diagnostic, LineIndex, suggestion};
use crate::document::Kind;
use crate::import::draft::Draft;
use crate::import::holdings::{self, Holdings};
use crate::import::mapping::Mapping;
use crate::import::note::{Note, NoteKind};
use crate::import::report::{Report, Skipped};
use crate::import::session::Session;
use crate::import::store::{Faulty, Stored};
use crate::import::yaml::Value;
use crate::import::{ImportError, Progress, Target, clean, disk};
use crate::schema::{Field, Number, slug};
use camino::Utf8Path;
use portolan_customs::PartialDate;
use portolan_customs::{HtsNumber, RulingNumber};
use std::collections::BTreeMap;
use std::ops::Range;

/// The key of a document's text.
const BODY: &str = "body";

/// Imports the rows of a table.
///
/// # Errors
/// When the table cannot be read, or the mapping does not fit it. Rows that cannot be used are in the report.
pub fn rows(
    target: &Target<'_>,
    file: &Utf8Path,
    mapping: &Mapping,
    progress: Progress<'_>,
) -> Result<Report, ImportError> {
    let mut report = Report::default();
    let table = Table::read(&disk::read(file)?)?;
    if !table.is_utf8 {
        let message = "umlauts and signs may have been read wrongly: save the table as UTF-8";
        report
            .notes
            .push(Note::new(NoteKind::Encoding, file.as_str(), message));
    }
    let mut session = Session::begin(target, &mut report.problems)?;
    let plan = Plan::new(target, &session.holdings, mapping, &table)?;
    let index = LineIndex::new(table.text.as_bytes());
    let skipped =
        |span: Range<usize>, reason: String| Skipped::new(file, index.position(span.start), reason);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let total = table.rows.len();
    for row in 0..total {
        let draft = match plan.draft(row, &session.holdings) {
            Ok(draft) => draft,
            Err((key, reason)) => {
                let span = plan.span(row, key.as_deref());
                report.skipped.push(skipped(span, reason));
                continue;
            }
        };
        let line = index.position(table.rows[row].0).line;
        if let Some(first) = seen.get(&draft.key) {
            let reason = format!("`{}` is in line {first} already", draft.key);
            let mut skipped = skipped(plan.span(row, None), reason);
            skipped.problem.help =
                Some("give each row a number, title or slug of its own".to_owned());
            report.skipped.push(skipped);
            continue;
        }
        seen.insert(draft.key.clone(), line);
        let stored: Stored = session.store().store(&draft)?;
        if let Some(faulty) = session.note(draft.key, stored, &mut report) {
            for problem in &faulty.problems {
                let span = plan.span(row, key_of(&faulty, problem).as_deref());
                let mut skipped = skipped(span, problem.message.clone());
                skipped.problem.code = problem.code;
                skipped.problem.help.clone_from(&problem.help);
                report.skipped.push(skipped);
            }
        }
        progress(row + 1, total);
    }
    report.sort();
    session.end()?;
    Ok(report)
}

/// The key on whose lines a problem is.
fn key_of(faulty: &Faulty, problem: &Diagnostic) -> Option<String> {
    let start = problem.span.as_ref()?.start.min(faulty.text.len());
    let end = faulty.text[start..]
        .find('\n')
        .map_or(faulty.text.len(), |at| start + at);
    let before = faulty.text.get(..end)?;
    let line = before
        .lines()
        .rev()
        .find(|line| line.starts_with(char::is_alphabetic))?;
    Some(line.split(':').next().unwrap_or_default().to_owned())
}

/// How each row becomes a document.
struct Plan<'a> {
    table: &'a Table,
    mapping: &'a Mapping,
    kind: Kind,
    fields: Vec<&'a Field>,
    /// Columns by key.
    places: BTreeMap<String, usize>,
}

/// Why a row is no document, with the key that it is about.
type Refusal = (Option<String>, String);

impl<'a> Plan<'a> {
    fn new(
        target: &'a Target<'_>,
        holdings: &Holdings<'_>,
        mapping: &'a Mapping,
        table: &'a Table,
    ) -> Result<Self, ImportError> {
        let refuse = |message: String| Err(ImportError::Mapping(message));
        let kinds = &target.schema.kinds;
        let names: Vec<&str> = kinds.names().collect();
        let Some(name) = &mapping.kind else {
            return refuse(format!(
                "say what the rows are: --kind, one of {}",
                names.join(", ")
            ));
        };
        let Some(kind) = kinds.listed().find(|kind| kinds.name(*kind) == name) else {
            return refuse(format!(
                "there is no kind `{name}`: the kinds are {}",
                names.join(", ")
            ));
        };
        if let Some(folder) = &mapping.folder
            && folder != "shared"
            && !holdings.has_center(folder)
        {
            let centers: Vec<&str> = holdings.center_slugs().collect();
            return refuse(format!(
                "`folder` is `shared` or a Center, and `{folder}` is neither: {}",
                centers.join(", ")
            ));
        }
        let fields: Vec<&Field> = target.schema.fields(kind).iter().collect();
        let keys = || fields.iter().map(|field| field.key.as_ref()).chain([BODY]);
        for key in mapping.columns.keys().chain(mapping.constants.keys()) {
            if !keys().any(|known| known == key) {
                let help = suggestion(key, keys(), || {
                    format!("it has: {}", keys().collect::<Vec<_>>().join(", "))
                });
                return refuse(format!("a {name} has no key `{key}`: {help}"));
            }
        }
        Ok(Self {
            table,
            mapping,
            kind,
            places: mapping.places(&table.header)?,
            fields,
        })
    }

    /// What a row says for a key; `None` where neither a column nor a constant is mapped to it.
    fn cell(&self, row: usize, key: &str) -> Option<String> {
        let column = self.places.get(key);
        let cell = column.map(|column| {
            self.table.rows[row]
                .1
                .get(*column)
                .map_or("", String::as_str)
        });
        let text = cell
            .filter(|text| !text.trim().is_empty())
            .or_else(|| self.mapping.constants.get(key).map(String::as_str))
            .or(cell)?;
        Some(clean::text(text).trim().to_owned())
    }

    /// Where in the table a key of a row is; the row's first cell where it is a constant or nowhere.
    fn span(&self, row: usize, key: Option<&str>) -> Range<usize> {
        let column = key
            .and_then(|key| self.places.get(key))
            .copied()
            .unwrap_or_default();
        self.table.cell(row, column)
    }

    fn draft(&self, row: usize, holdings: &Holdings<'_>) -> Result<Draft, Refusal> {
        let number = self.cell(row, "number").filter(|text| !text.is_empty());
        let (key, slug) = self.names(row, number.as_deref(), holdings)?;
        let date: Option<PartialDate> = self.cell(row, "date").and_then(|date| date.parse().ok());
        let year = date
            .and_then(PartialDate::year)
            .map_or("undated".to_owned(), |year| year.to_string());
        let hts: Option<Vec<HtsNumber>> = self.cell(row, "hts").map(|text| {
            let parts = text.split(';');
            parts.filter_map(|part| part.parse().ok()).collect()
        });
        let mut draft = Draft {
            key,
            kind: self.kind,
            slug,
            subfolder: if self.kind == Kind::Ruling {
                year
            } else {
                String::new()
            },
            folder: self.mapping.folder.clone(),
            said: BTreeMap::new(),
            defaults: BTreeMap::new(),
            initial: BTreeMap::new(),
            centers: self.centers(row, holdings)?,
            probable_hts: hts.clone().unwrap_or_default(),
            hts,
            body: self.cell(row, BODY),
        };
        for field in &self.fields {
            if field.key != "centers"
                && let Some(text) = self.cell(row, &field.key)
            {
                draft.say(&field.key, &value(field, &text));
            }
        }
        // A table without columns for them says nothing of what changed a ruling.
        let mut changes = ["revoked_by", "modified_by"].iter();
        if self.kind == Kind::Ruling && !changes.all(|key| self.places.contains_key(*key)) {
            draft.at_first("relations", &Value::Word("unknown".to_owned()));
        }
        Ok(draft)
    }

    /// The name in the ledger and the name of the file: from `slug`, else the number, else the title.
    fn names(
        &self,
        row: usize,
        number: Option<&str>,
        holdings: &Holdings<'_>,
    ) -> Result<(String, String), Refusal> {
        if self.kind == Kind::Ruling {
            let number = number.ok_or((
                Some("number".to_owned()),
                "the ruling has no number".to_owned(),
            ))?;
            let parsed: RulingNumber = number.parse().map_err(|error| {
                (
                    Some("number".to_owned()),
                    format!("`{number}` is not a ruling number: {error}"),
                )
            })?;
            return Ok((parsed.to_string(), parsed.slug()));
        }
        let title = self.cell(row, "title").unwrap_or_default();
        let named = self.cell(row, "slug").filter(|slug| !slug.is_empty());
        let name = named.or_else(|| number.map(str::to_owned)).unwrap_or(title);
        let slug = slug::proposal(&name);
        if slug::problem(&slug).is_some() {
            return Err((
                Some("title".to_owned()),
                "the row has neither number nor title".to_owned(),
            ));
        }
        Ok((holdings::key(self.kind, &slug, holdings.schema), slug))
    }

    fn centers(&self, row: usize, holdings: &Holdings<'_>) -> Result<Option<Vec<String>>, Refusal> {
        let Some(text) = self.cell(row, "centers") else {
            return Ok(None);
        };
        let slugs: Vec<String> = entries(&text).collect();
        if slugs == ["all"] || slugs.is_empty() {
            return Ok(Some(slugs).filter(|slugs| !slugs.is_empty()));
        }
        match slugs.iter().find(|slug| !holdings.has_center(slug)) {
            None => Ok(Some(slugs)),
            Some(unknown) => {
                let help = suggestion(unknown, holdings.center_slugs(), || {
                    format!(
                        "the Centers are: {}",
                        holdings.center_slugs().collect::<Vec<_>>().join(", ")
                    )
                });
                Err((
                    Some("centers".to_owned()),
                    format!("the portal has no Center `{unknown}`; {help}"),
                ))
            }
        }
    }
}

/// A cell as the value of a key.
fn value(field: &Field, text: &str) -> Value {
    let is_bare =
        field.shape.is_bare() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    match field.number {
        Number::Many | Number::ManyOrAll => Value::List(entries(text).collect()),
        Number::OneOrMany if text.contains(';') => Value::List(entries(text).collect()),
        _ if is_bare => Value::Word(text.to_owned()),
        _ if text.contains('\n') => Value::Lines(text.to_owned()),
        _ => Value::Text(clean::one_line(text)),
    }
}
