//! What a page says of its document besides title, date and text: `HTS numbers: 6109.10.0012`.

use crate::document::{Declared, Document, Fields};
use crate::portal::{self, DocId, Place, Taxonomy, Term, Treated};
use crate::render::inputs::{Hashes, Inputs};
use crate::render::parts::{linked_text, links, names};
use crate::render::site::Site;
use crate::schema::slug::slugify;
use crate::schema::{Scalar, WebLink};
use portolan_customs::Treatment;
use portolan_customs::{HtsNumber, PartialDate, RulingNumber};
use serde::Serialize;

/// A fact of a document: `HTS numbers: 6109.10.0012`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FactView {
    /// Its name.
    pub(crate) name: String,
    /// Its values.
    pub(crate) values: Vec<FactValueView>,
}

/// A value of a fact.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct FactValueView {
    /// As a reader sees it.
    pub(crate) text: String,
    /// The list or document behind it, relative to the root.
    pub(crate) url: Option<String>,
    /// Whether `url` leads out of the portal, and is not relative.
    pub(crate) external: bool,
    /// What a reader must know of it: that the tariff no longer has a number.
    pub(crate) note: Option<String>,
}

/// The facts of a document, in the order in which its page shows them.
pub(crate) fn of(id: DocId, site: Site<'_>) -> Vec<FactView> {
    let document = site.portal.document(id);
    let mut facts = Gathered {
        site,
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
            .map(|form| ((*form).to_owned(), names::category(site, form))),
    );
    facts.add("hts", fields.hts().iter().map(|number| hts(number, site)));
    facts.terms(
        "origin",
        Taxonomy::Origin,
        fields
            .origin()
            .iter()
            .map(|country| country.code())
            .map(|code| (code.to_lowercase(), names::country(site, code))),
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
                let made = site.portal.graph.subsequent[id].made.iter();
                let made = made.filter(|treated| treated.treatment == treatment);
                facts.add(name, made.map(|treated| earlier(site, treated)));
            }
        }
        Fields::Publication(publication) => {
            facts.date("revised", publication.revised);
            facts.texts("audience", &publication.audience);
            let pages = publication.pages.map(|pages| pages.to_string());
            facts.texts("pages", pages.as_slice());
        }
        Fields::Declared(declared) => facts.declared(declared),
        Fields::Page | Fields::Center(_) => {}
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
                let shown = names::directory_term(site, &term);
                (term.name, shown.unwrap_or_else(|| value.clone()))
            }),
        );
    }
    facts.added(document);
    facts.facts
}

/// What the facts are made from besides the file, the tariff and the relations.
pub(crate) fn inputs(hashes: &Hashes<'_>, document: &Document, inputs: &mut Inputs) {
    let site = hashes.site;
    let common = &document.common;
    let terms = [
        (Taxonomy::Program, &common.programs),
        (Taxonomy::Agency, &common.agencies),
    ];
    for (taxonomy, values) in terms {
        inputs.list(values, |inputs, value| {
            let name = slugify(value);
            inputs.flag(links::term_url(site, taxonomy, &name).is_some());
            let shown = names::directory_term(site, &Term { taxonomy, name });
            inputs.maybe(shown.as_deref(), Inputs::text);
        });
    }
    let numbers = document.fields.hts().iter();
    let values = document.added.iter().flat_map(|key| &key.values);
    let added = values.clone().filter_map(|value| match value {
        Scalar::Hts(number) => Some(number),
        _ => None,
    });
    inputs.list(numbers.chain(added), |inputs, number| {
        inputs.flag(linked_text::hts_page(site, number).is_some());
    });
    let declared = document.fields.declared();
    let links = declared.into_iter().flat_map(Declared::links);
    let links = links.filter_map(|(_, link)| link.inside()?.split(['?', '#']).next());
    let named = document.fields.about().iter().map(String::as_str);
    let named = named
        .chain(links)
        .map(|name| found(site, name).map(|(id, _)| id));
    let rulings = values.filter_map(|value| match value {
        Scalar::Ruling(number) => Some(site.portal.ruling(number)),
        _ => None,
    });
    inputs.list(named.chain(rulings), |inputs, id| {
        inputs.maybe(id, |inputs, id| inputs.hash(hashes.summary(id)));
    });
}

struct Gathered<'a> {
    site: Site<'a>,
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
        let name = self.site.words.get(&format!("fact.{name}")).to_owned();
        self.named(&name, values.collect());
    }

    fn texts(&mut self, name: &str, texts: &[String]) {
        self.add(name, texts.iter().cloned().map(text));
    }

    fn date(&mut self, name: &str, date: Option<PartialDate>) {
        let site = self.site;
        self.add(name, date.into_iter().map(|date| text(site.date(date))));
    }

    /// Terms of a taxonomy by name and as a reader sees them, each with its list.
    fn terms(
        &mut self,
        name: &str,
        taxonomy: Taxonomy,
        terms: impl Iterator<Item = (String, String)>,
    ) {
        let site = self.site;
        self.add(
            name,
            terms.map(|(term, shown)| FactValueView {
                url: links::term_url(site, taxonomy, &term),
                ..text(shown)
            }),
        );
    }

    /// Rulings and pages that a key names, with a link where the portal has them.
    fn spoken_of(&mut self, name: &str, names: &[String]) {
        let site = self.site;
        self.add(name, names.iter().map(|name| spoken_of(site, name)));
    }

    /// What a document of a kind that is data alone says, but what its page shows elsewhere.
    fn declared(&mut self, declared: &Declared) {
        let site = self.site;
        let others = declared.numbers.iter().skip(1).cloned();
        self.add("other-numbers", others.map(text));
        self.date("applies-from", declared.effective);
        self.date("applies-until", declared.ends);
        let when = portal::when(declared, site.words);
        self.texts("when", when.as_slice());
        for (name, value) in [
            ("place", &declared.place),
            ("found", &declared.found),
            ("period", &declared.period),
            ("group", &declared.group),
        ] {
            self.texts(name, value.as_slice());
        }
        for (key, link) in declared.links() {
            self.add(key, [web_link(site, link)].into_iter());
        }
        self.spoken_of("about", &declared.about);
    }

    /// The keys of site.toml.
    fn added(&mut self, document: &Document) {
        for field in self.site.portal.schema.added(document.kind) {
            let key = document.added.iter().find(|key| key.name == field.key);
            let values = key.into_iter().flat_map(|key| &key.values);
            let site = self.site;
            let values = values.map(|value| shown(value, site));
            let label = field.label.as_deref().unwrap_or(&field.key);
            self.named(label, values.collect());
        }
    }
}

fn text(text: String) -> FactValueView {
    FactValueView {
        text,
        ..FactValueView::default()
    }
}

/// A tariff number with the list of its heading, or of its chapter.
fn hts(number: &HtsNumber, site: Site<'_>) -> FactValueView {
    FactValueView {
        text: number.to_string(),
        url: linked_text::hts_page(site, number),
        note: linked_text::number_note(site, number),
        ..FactValueView::default()
    }
}

/// The document that a ruling's number or an address names, where the portal has it, and whether a number does.
fn found(site: Site<'_>, name: &str) -> Option<(DocId, bool)> {
    let number: Option<RulingNumber> = name.parse().ok();
    let ruling = number.and_then(|number| site.portal.ruling(&number));
    let at_address = || match site.portal.addresses.at(name.trim_start_matches('/'))? {
        Place::Document(id) => Some((id, false)),
        _ => None,
    };
    ruling.map(|id| (id, true)).or_else(at_address)
}

/// A ruling's number or an address of the portal, as a link where the portal has it.
fn spoken_of(site: Site<'_>, name: &str) -> FactValueView {
    let Some((id, is_number)) = found(site, name) else {
        return text(name.to_owned());
    };
    let document = site.portal.summary(id);
    let shown = if is_number { name } else { document.title };
    FactValueView {
        url: Some(site.url(document.address)),
        ..text(shown.to_owned())
    }
}

/// A link of front matter.
fn web_link(site: Site<'_>, link: &WebLink) -> FactValueView {
    let Some(address) = link.inside() else {
        return FactValueView {
            url: Some(link.to_string()),
            external: true,
            ..text(link.shown().to_owned())
        };
    };
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let (path, suffix) = address.split_at(end);
    let url = site.url(path.trim_start_matches('/')) + suffix;
    FactValueView {
        url: Some(url),
        ..spoken_of(site, path)
    }
}

/// A decision that a later one affirms, reverses or vacates.
fn earlier(site: Site<'_>, treated: &Treated) -> FactValueView {
    let Some(id) = treated.document else {
        return text(treated.name.clone());
    };
    let document = site.portal.summary(id);
    FactValueView {
        url: Some(site.url(document.address)),
        ..text(document.name())
    }
}

/// A value of a key of site.toml as a reader sees it.
fn shown(value: &Scalar, site: Site<'_>) -> FactValueView {
    text(match value {
        Scalar::Country(country) => names::country(site, country.code()),
        Scalar::Flag(true) => site.word("fact.yes"),
        Scalar::Flag(false) => site.word("fact.no"),
        Scalar::Hts(number) => return hts(number, site),
        Scalar::Ruling(number) => return spoken_of(site, &number.to_string()),
        Scalar::Date(date) => site.date(*date),
        value => value.to_string(),
    })
}
