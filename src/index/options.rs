//! What an index is made with besides its documents: the names of Centers, kinds and values, keys and synonyms.

use super::pages;
use crate::portal::{Portal, Subject, Taxonomy, Term};
use crate::theme::Words;
use portolan_customs::country;
use portolan_search::{BuildOptions, Synonyms};

/// The options of a portal's index.
pub(super) fn of(portal: &Portal, words: &Words) -> BuildOptions {
    BuildOptions {
        centers: portal
            .centers
            .iter()
            .map(|center| (center.slug().to_owned(), center.record.name.clone()))
            .collect(),
        kinds: kind_names(portal),
        keys: keys(portal),
        synonyms: synonyms(portal),
        names: names(portal, words),
        lookup_digits: portal.lookup_digits(),
    }
}

/// Adds options to the hash of all that an index is made from.
pub(super) fn hash(options: &BuildOptions, hasher: &mut blake3::Hasher) {
    let BuildOptions {
        centers,
        kinds,
        keys,
        synonyms,
        names,
        lookup_digits,
    } = options;
    let mut add = |texts: &[&str]| {
        hasher.update(texts.join("\t").as_bytes());
        hasher.update(b"\n");
    };
    for (slug, name) in centers {
        add(&[slug, name]);
    }
    add(&[&kinds.join("\t"), "", &keys.join("\t")]);
    for Synonyms { words, also } in synonyms {
        add(&[&words.join("\t"), "", &also.join("\t")]);
    }
    for (column, value, names) in names {
        add(&[column, value, &names.join("\t")]);
    }
    add(&[&lookup_digits.to_string()]);
}

/// The keys that the settings add, of every kind.
fn keys(portal: &Portal) -> Vec<String> {
    let schema = &portal.schema;
    let added = schema.kinds.all().flat_map(|kind| schema.added(kind));
    let mut keys: Vec<String> = added.map(|field| field.key.to_string()).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// The groups of the table.
fn synonyms(portal: &Portal) -> Vec<Synonyms> {
    let groups = portal.tables.synonyms.iter().flatten();
    let groups = groups.map(|group| Synonyms {
        words: group.words.to_vec(),
        also: group.also.clone(),
    });
    groups.collect()
}

/// What readers call the values that they filter by: Centers, countries, programs, agencies, categories.
fn names(portal: &Portal, words: &Words) -> Vec<(&'static str, String, Vec<String>)> {
    let centers = portal.centers.iter().map(|center| {
        let record = &center.record;
        let number = record.number.iter();
        let names = [record.name.clone()]
            .into_iter()
            .chain(record.abbreviation.clone())
            .chain(number.flat_map(|number| [format!("CEE{number}"), format!("CEE {number}")]));
        ("center", center.slug().to_owned(), names.collect())
    });
    let taxonomies = [
        ("category", Taxonomy::Category),
        ("country", Taxonomy::Origin),
        ("program", Taxonomy::Program),
        ("agency", Taxonomy::Agency),
    ];
    let terms = taxonomies.into_iter().flat_map(|(column, taxonomy)| {
        let lists = portal.terms(None, taxonomy);
        lists.filter_map(move |list| match &list.subject {
            Subject::Term(term) => Some((column, term.name.clone(), names_of(term, portal, words))),
            Subject::Kind(..) => None,
        })
    });
    centers.chain(terms).collect()
}

/// What readers call a term, in English and in the portal's language.
fn names_of(term: &Term, portal: &Portal, words: &Words) -> Vec<String> {
    fn all<'a>(name: &'a str, others: &'a [String]) -> Vec<Option<&'a str>> {
        let others = others.iter().map(|name| Some(name.as_str()));
        [Some(name)].into_iter().chain(others).collect()
    }
    let tables = &portal.tables;
    let names: Vec<Option<&str>> = match term.taxonomy {
        Taxonomy::Category => vec![
            words.word("category", &term.name),
            words.word("type", &term.name),
        ],
        Taxonomy::Origin => {
            let code = term.name.to_uppercase();
            vec![words.word("country", &code), country::name(&code)]
        }
        Taxonomy::Program => tables
            .program(&term.name)
            .map_or_else(Vec::new, |program| all(&program.name, &program.keywords)),
        Taxonomy::Agency => tables.agency(&term.name).map_or_else(Vec::new, |agency| {
            all(&agency.name, agency.abbreviation.as_slice())
        }),
        Taxonomy::Chapter | Taxonomy::Heading => Vec::new(),
    };
    names.into_iter().flatten().map(str::to_owned).collect()
}

/// Kinds of documents, then those of pages; a kind that site.toml adds may have the name of one of these.
fn kind_names(portal: &Portal) -> Vec<String> {
    let mut names: Vec<String> = portal.schema.kinds.names().map(str::to_owned).collect();
    for kind in pages::KINDS {
        if !names.iter().any(|name| name == kind) {
            names.push(kind.to_owned());
        }
    }
    names
}
