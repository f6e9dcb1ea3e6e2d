//! What a page says of its document beside title, date and text: `HTS numbers: 6109.10.0012`.

use super::view::Viewer;
use super::views::{FactValueView, FactView};
use crate::document::{Document, Fields};
use crate::portal::{DocId, Place, Taxonomy, Term, Treated, Treatment};
use crate::schema::Scalar;
use crate::schema::slug::slugify;
use portolan_customs::PartialDate;
use portolan_customs::{HtsNumber, RulingNumber};

/// The facts of a document, in the order in which its page shows them.
pub(super) fn of(id: DocId, viewer: Viewer<'_>) -> Vec<FactView> {
    let document = viewer.portal.document(id);
    let mut facts = Gathered {
        viewer,
        facts: Vec::new(),
    };
    let common = &document.common;
    let fields = &document.fields;
    let forms = fields.forms();
    let is_ruling = matches!(fields, Fields::Ruling(_));
    let name = if is_ruling { "category" } else { "type" };
    facts.terms(
        name,
        Taxonomy::Category,
        forms
            .iter()
            .map(|form| ((*form).to_owned(), viewer.category(form))),
    );
    facts.add("hts", fields.hts().iter().map(|number| hts(number, viewer)));
    facts.terms(
        "origin",
        Taxonomy::Origin,
        fields
            .origin()
            .iter()
            .map(|country| country.code())
            .map(|code| (code.to_lowercase(), viewer.country(code))),
    );
    match fields {
        Fields::Ruling(ruling) => {
            facts.date("published", ruling.published);
            facts.date("effective", ruling.effective);
            let agreements = ruling.agreements.iter();
            facts.add(
                "agreements",
                agreements.map(|agreement| text(agreement.to_string())),
            );
            facts.texts("keywords", &ruling.keywords);
        }
        Fields::Decision(decision) => {
            facts.texts("decided-by", decision.body.as_slice());
            if decision.citation.is_some() {
                facts.texts("number", decision.number.as_slice());
            }
            facts.date("notice", decision.published);
            facts.spoken_of("concerns", &decision.concerns);
            for (name, treatment) in [
                ("affirms", Treatment::Affirms),
                ("reverses", Treatment::Reverses),
                ("vacates", Treatment::Vacates),
            ] {
                let made = viewer.portal.graph.subsequent[id].made.iter();
                let made = made.filter(|treated| treated.treatment == treatment);
                facts.add(name, made.map(|treated| viewer.earlier(treated)));
            }
        }
        Fields::Publication(publication) => {
            facts.date("revised", publication.revised);
            facts.texts("audience", &publication.audience);
            let pages = publication.pages.map(|pages| pages.to_string());
            facts.texts("pages", pages.as_slice());
        }
        Fields::Update(update) => facts.spoken_of("about", &update.about),
        Fields::Added(_) | Fields::Page | Fields::Center(_) => {}
    }
    if let Some(proposal) = &document.proposal {
        facts.date("comments-until", proposal.comments_until);
        facts.date("withdrawn", proposal.withdrawn);
    }
    let terms = [
        ("programs", Taxonomy::Program, &common.programs),
        ("agencies", Taxonomy::Agency, &common.agencies),
    ];
    for (name, taxonomy, values) in terms {
        facts.terms(
            name,
            taxonomy,
            values.iter().map(|value| {
                let name = slugify(value);
                let term = Term { taxonomy, name };
                let shown = viewer.directory_name(&term);
                (term.name, shown.unwrap_or_else(|| value.clone()))
            }),
        );
    }
    facts.added(document);
    facts.facts
}

struct Gathered<'a> {
    viewer: Viewer<'a>,
    facts: Vec<FactView>,
}

impl Gathered<'_> {
    fn named(&mut self, name: &str, values: Vec<FactValueView>) {
        if !values.is_empty() {
            self.facts.push(FactView {
                name: name.to_owned(),
                values,
            });
        }
    }

    fn add(&mut self, name: &str, values: impl Iterator<Item = FactValueView>) {
        let name = self.viewer.words.get(&format!("fact.{name}")).to_owned();
        self.named(&name, values.collect());
    }

    fn texts(&mut self, name: &str, texts: &[String]) {
        self.add(name, texts.iter().cloned().map(text));
    }

    fn date(&mut self, name: &str, date: Option<PartialDate>) {
        let viewer = self.viewer;
        self.add(name, date.into_iter().map(|date| text(viewer.date(date))));
    }

    /// Terms of a taxonomy by name and as a reader sees them, each with its list.
    fn terms(
        &mut self,
        name: &str,
        taxonomy: Taxonomy,
        terms: impl Iterator<Item = (String, String)>,
    ) {
        let viewer = self.viewer;
        self.add(
            name,
            terms.map(|(term, shown)| FactValueView {
                text: shown,
                url: viewer.term_url(taxonomy, &term),
                note: String::new(),
            }),
        );
    }

    /// Rulings and pages that a key names, with a link where the portal has them.
    fn spoken_of(&mut self, name: &str, names: &[String]) {
        let viewer = self.viewer;
        self.add(name, names.iter().map(|name| viewer.spoken_of(name)));
    }

    /// The keys of site.toml.
    fn added(&mut self, document: &Document) {
        for field in self.viewer.portal.schema.added(document.kind) {
            let key = document.added.iter().find(|key| key.name == field.key);
            let values = key.into_iter().flat_map(|key| &key.values);
            let viewer = self.viewer;
            let values = values.map(|value| shown(value, viewer));
            let label = field.label.as_deref().unwrap_or(&field.key);
            self.named(label, values.collect());
        }
    }
}

fn text(text: String) -> FactValueView {
    FactValueView {
        text,
        url: String::new(),
        note: String::new(),
    }
}

/// A tariff number with the list of its heading, or of its chapter.
fn hts(number: &HtsNumber, viewer: Viewer<'_>) -> FactValueView {
    let url = match number.heading() {
        Some(heading) => viewer.term_url(Taxonomy::Heading, heading),
        None => viewer.term_url(Taxonomy::Chapter, number.chapter()),
    };
    FactValueView {
        text: number.to_string(),
        url,
        note: viewer.number_note(number),
    }
}

impl Viewer<'_> {
    /// A ruling's number or an address of the portal, as a link where it leads somewhere.
    fn spoken_of(&self, name: &str) -> FactValueView {
        let number: Option<RulingNumber> = name.parse().ok();
        let ruling = number.and_then(|number| self.portal.ruling(&number));
        let at_address = || match self.portal.addresses.at(name.trim_start_matches('/'))? {
            Place::Document(id) => Some(id),
            _ => None,
        };
        let Some(id) = ruling.or_else(at_address) else {
            return text(name.to_owned());
        };
        let document = self.portal.document(id);
        FactValueView {
            text: match ruling {
                Some(_) => name.to_owned(),
                None => document.common.title.clone(),
            },
            url: self.url(self.portal.addresses.of(id)),
            note: String::new(),
        }
    }
}

impl Viewer<'_> {
    /// A decision that a later one affirms, reverses or vacates.
    fn earlier(&self, treated: &Treated) -> FactValueView {
        let Some(id) = treated.document else {
            return text(treated.name.clone());
        };
        let document = self.portal.document(id);
        let number = document.fields.number();
        FactValueView {
            url: self.url(self.portal.addresses.of(id)),
            ..text(number.unwrap_or_else(|| document.common.title.clone()))
        }
    }
}

/// A value of a key of site.toml as a reader sees it.
fn shown(value: &Scalar, viewer: Viewer<'_>) -> FactValueView {
    text(match value {
        Scalar::Country(country) => viewer.country(country.code()),
        Scalar::Flag(true) => viewer.words.get("fact.yes").to_owned(),
        Scalar::Flag(false) => viewer.words.get("fact.no").to_owned(),
        Scalar::Hts(number) => return hts(number, viewer),
        Scalar::Ruling(number) => return viewer.spoken_of(&number.to_string()),
        Scalar::Date(date) => viewer.date(*date),
        value => value.to_string(),
    })
}
