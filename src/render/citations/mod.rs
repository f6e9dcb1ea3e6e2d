//! How to cite a document.
//!
//! A citation says what became of a ruling, as lawyers' citations do: who relies on a revoked one must know.

use crate::config::Issuer;
use crate::document::{Document, Fields, Kind, TextKind};
use crate::portal::DocId;
use crate::render::site::Site;
use bluebook::{NO_DATE, Reference, short_date};
use portolan_customs::{PartialDate, RulingNumber};
use serde::Serialize;
use std::fmt::Write as _;

mod bluebook;

/// A way to cite a document.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CitationView {
    /// `short`, `full`, `bibtex` or `ris`.
    pub(crate) id: &'static str,
    /// As a reader sees it.
    pub(crate) style: String,
    /// The citation; may have several lines.
    pub(crate) text: String,
}

/// What every style is made from.
struct Cited<'a> {
    document: &'a Document,
    issuer: &'a Issuer,
    /// As a brief cites it.
    reference: Reference,
    /// `revoked by HQ H303864 (Nov. 25, 2019)`, `revocation proposed by …`; absent where nothing changed or questions it.
    history: Option<String>,
    /// The page here where its address is known, else the official one.
    url: Option<String>,
    /// What this page has in place of a copy of what is cited.
    page: Option<&'static str>,
}

/// The citations of a document in every style; none for free pages.
pub(crate) fn of(id: DocId, site: Site<'_>) -> Vec<CitationView> {
    let document = site.portal.document(id);
    if document.kind == Kind::Page {
        return Vec::new();
    }
    let official = document.fields.ruling_number().map(RulingNumber::cross_url);
    let own = site.canonical(site.portal.addresses.of(id));
    let cited = Cited {
        document,
        issuer: &site.config.issuer,
        reference: bluebook::of(document, &site.config.issuer),
        history: history(id, site),
        url: official.or(own),
        page: in_place_of_copy(document),
    };
    let styles = [
        ("short", cited.short()),
        ("full", cited.full()),
        ("bibtex", cited.bibtex(&document.slug)),
        ("ris", cited.ris()),
    ];
    styles
        .into_iter()
        .map(|(id, text)| CitationView {
            id,
            style: site.words.get(&format!("citation.{id}")).to_owned(),
            text,
        })
        .collect()
}

/// What this page has in place of a copy of what is cited.
fn in_place_of_copy(document: &Document) -> Option<&'static str> {
    match document.text_kind()? {
        TextKind::Summary => Some("summary"),
        TextKind::Record => Some("record only"),
        TextKind::Letter | TextKind::Unstated => None,
    }
}

fn history(id: DocId, site: Site<'_>) -> Option<String> {
    let status = &site.portal.graph.status[id];
    if status.withdrawn {
        return Some("no longer in force".to_owned());
    }
    let cause = status.cause.as_ref();
    let cause = cause.filter(|_| status.kind.is_changed());
    let changed = cause.map(|cause| {
        let (number, date) = match cause.by.document {
            Some(id) => {
                let fields = &site.portal.document(id).fields;
                (fields.number(), fields.date())
            }
            None => (None, None),
        };
        let number = number.unwrap_or_else(|| cause.by.number.cited());
        let date = parenthesis(date.unwrap_or(PartialDate::Unknown));
        let mark = if cause.unconfirmed {
            " [not confirmed]"
        } else {
            ""
        };
        format!("{} {number}{date}{mark}", cause.change.passive())
    });
    let proposals = site.portal.graph.proposals.pending(id).map(|proposed| {
        let notice = site.portal.document(proposed.by);
        let number = notice.fields.number();
        let name = number.as_deref().unwrap_or(&notice.common.title);
        format!(
            "{} {name}{}",
            proposed.intent.passive(),
            parenthesis(proposed.date)
        )
    });
    let subsequent = &site.portal.graph.subsequent[id];
    let later = subsequent.standing.map(|standing| {
        let step = &subsequent.steps[standing.step];
        let (name, date) = match step.document {
            Some(id) => {
                let document = site.portal.document(id);
                let number = document.fields.number();
                let date = document.fields.date().unwrap_or(PartialDate::Unknown);
                let name = number.unwrap_or_else(|| document.common.title.clone());
                (name, parenthesis(date))
            }
            None => (step.name.clone(), String::new()),
        };
        // A citation often has its date: no date twice.
        let date = if name.ends_with(')') {
            String::new()
        } else {
            date
        };
        format!("{} by {name}{date}", standing.name().replace('-', " "))
    });
    let changed = changed.or(later);
    let parts: Vec<String> = changed.into_iter().chain(proposals).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

impl Cited<'_> {
    /// Who issued it, in full.
    fn author(&self) -> Option<String> {
        let issuer = || Some(self.issuer.name.clone());
        match &self.document.fields {
            Fields::Ruling(_) => issuer(),
            Fields::Decision(decision) => {
                let body = decision.body.as_deref()?;
                Some(bluebook::body(body, self.issuer))
            }
            Fields::Publication(_) if self.reference.lead.is_some() => issuer(),
            _ => None,
        }
    }

    /// `NY 829540 (Aug. 25, 1988), revoked by HQ 086452 (Apr. 2, 1990)`.
    fn short(&self) -> String {
        let mut text = self.reference.text();
        if let Some(history) = &self.history {
            let _ = write!(text, ", {history}");
        }
        text
    }

    /// What a list of references has: letters with author and title, all with their address.
    fn full(&self) -> String {
        let mut text = String::new();
        let reference = &self.reference;
        if reference.title.is_none() {
            if let Some(author) = self.author() {
                let _ = write!(text, "{author}, ");
            }
            let date = short_date(reference.date).unwrap_or_else(|| NO_DATE.to_owned());
            let _ = write!(
                text,
                "{}, “{}” ({date})",
                self.place(),
                self.document.common.title
            );
        } else {
            text.push_str(&reference.text());
        }
        if let Some(history) = &self.history {
            let _ = write!(text, ", {history}");
        }
        if let Some(url) = &self.url {
            let _ = write!(text, ", {url}");
        }
        // A ruling's address is that of the official copy.
        let page = self
            .page
            .filter(|_| self.document.fields.ruling_number().is_none());
        if let Some(page) = page {
            let _ = write!(text, " ({page})");
        }
        text + "."
    }

    /// The note on the page in a reference manager, which keeps what was read; empty where that is a copy.
    fn page_note(&self) -> String {
        self.page
            .map_or_else(String::new, |page| format!("Portal page: {page}"))
    }

    /// The note in a reference manager.
    fn note(&self) -> String {
        let undated = (self.reference.date == PartialDate::Unknown).then_some(NO_DATE);
        let history = self.history.as_deref();
        let notes: Vec<&str> = undated.into_iter().chain(history).collect();
        notes.join("; ")
    }

    fn is_case(&self) -> bool {
        matches!(&self.document.fields, Fields::Decision(decision) if decision.form == "court")
    }

    /// The title that reference managers get: a case's is its name.
    fn title(&self) -> &str {
        let case = self.reference.title.as_deref().filter(|_| self.is_case());
        case.unwrap_or(&self.document.common.title)
    }

    fn place(&self) -> &str {
        self.reference.place.as_deref().unwrap_or_default()
    }

    fn bibtex(&self, key: &str) -> String {
        let mut text = format!("@misc{{{key},\n");
        let mut field = |name: &str, value: &str| {
            if !value.is_empty() {
                let _ = writeln!(text, "  {name} = {{{value}}},");
            }
        };
        if let Some(author) = self.author() {
            // A second pair of braces keeps an office from being read as first and last name.
            field("author", &format!("{{{}}}", tex(&author)));
        }
        field("title", &format!("{{{}}}", tex(self.title())));
        field("number", &tex(self.place()));
        if let Some(year) = self.reference.date.year() {
            field("year", &year.to_string());
        }
        field("note", &tex(&self.note()));
        field("url", self.url.as_deref().unwrap_or_default());
        field("annote", &self.page_note());
        text + "}"
    }

    fn ris(&self) -> String {
        let mut text = String::new();
        let mut tag = |name: &str, value: &str| {
            if !value.is_empty() {
                let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
                let _ = writeln!(text, "{name}  - {value}");
            }
        };
        let form = match &self.document.fields {
            _ if self.is_case() => "CASE",
            Fields::Publication(publication) if publication.form == "statute" => "STAT",
            _ => "GOVDOC",
        };
        tag("TY", form);
        tag("AU", &self.author().unwrap_or_default());
        tag("TI", self.title());
        tag("SN", self.place());
        tag(
            "PY",
            &self
                .document
                .fields
                .date()
                .and_then(PartialDate::year)
                .map(|year| year.to_string())
                .unwrap_or_default(),
        );
        if let Some(PartialDate::Day(day)) = self.document.fields.date() {
            tag("DA", &day.strftime("%Y/%m/%d").to_string());
        }
        tag("N1", &self.note());
        tag("UR", self.url.as_deref().unwrap_or_default());
        tag("N1", &self.page_note());
        text + "ER  - "
    }
}

/// ` (Nov. 5, 2018)`; empty where no date is known.
fn parenthesis(date: PartialDate) -> String {
    short_date(date).map_or_else(String::new, |date| format!(" ({date})"))
}

/// Text with what TeX would read as commands written so that it prints them.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_is_a_command_of_tex() {
        assert_eq!(
            tex("A & B {50%} \\input{x} #1"),
            "A \\& B \\textbraceleft{}50\\%\\textbraceright{} \\textbackslash{}input\\textbraceleft{}x\\textbraceright{} \\#1"
        );
    }
}
