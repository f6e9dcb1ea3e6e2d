//! What search engines read of a page: JSON-LD with the vocabulary of schema.org.
//!
//! It needs absolute addresses, so a site without `base_url` has none.

use crate::document::{Declared, Vocabulary, body as markdown};
use crate::files::Files;
use crate::portal::{CenterId, DocId};
use crate::render::parts::links::LinkView;
use crate::render::parts::{names, status};
use crate::render::site::{Site, datetime};
use crate::schema::{Moment, WebLink};
use crate::sitemap::Page;
use portolan_customs::RulingNumber;
use portolan_customs::StatusKind;
use serde::Serialize;
use serde_json::Value;
use serde_json::json;

/// The document's own description.
pub(crate) fn document(site: Site<'_>, id: DocId, files: &dyn Files) -> Option<Value> {
    let summary = site.portal.summary(id);
    let url = site.canonical(summary.address);
    let vocabulary = site.kinds().of(summary.kind).vocabulary;
    let declared = site.portal.document(id).fields.declared();
    let mut data = match vocabulary {
        Vocabulary::Legislation => json!({
            "@type": "Legislation",
            "legislationIdentifier": summary.number,
            "legislationDate": datetime(summary.date),
            "legislationType": names::kind(site, summary.kind),
            "legislationJurisdiction": site.config.issuer.country,
        }),
        Vocabulary::Nothing => return None,
        Vocabulary::Question => faq([Some(question(site, id, body_text(site, id, files))?)]),
        Vocabulary::Event => event(site, declared?),
        Vocabulary::Article => json!({
            "@type": "Article",
            "headline": summary.title,
            "datePublished": datetime(summary.date),
            "dateModified": status::changed_on(site, id).map(|day| day.to_string()),
            "identifier": declared.and_then(|declared| declared.cited_as().next()),
            "expires": declared.and_then(|declared| datetime(declared.ends)),
        }),
    };
    data["@id"] = json!(url);
    data["url"] = json!(url);
    data["name"] = json!(summary.title);
    let about = match vocabulary {
        Vocabulary::Event => "description",
        _ => "abstract",
    };
    data[about] = json!(summary.summary);
    // The page is not the document itself: its text is a copy, a summary or nothing but the record.
    if summary.text.is_some() {
        let number = site.portal.document(id).fields.ruling_number();
        data["isBasedOn"] = json!(number.map(RulingNumber::cross_url));
        if vocabulary == Vocabulary::Legislation && !site.config.official {
            data["legislationLegalValue"] = json!("https://schema.org/UnofficialLegalValue");
        }
    }
    data["inLanguage"] = json!(site.config.language);
    if let Some(status) = summary.status {
        data["legislationLegalForce"] = json!(legal_force(site, id, status.kind));
        if status.kind.is_some() {
            // As of which day the status is.
            data["sdDatePublished"] = json!(status.as_of.map(|day| day.to_string()));
            data["description"] = json!(status::sentences(site, id));
            let by = site.portal.graph.status[id].cause.as_ref();
            let by = by.and_then(|cause| cause.by.document);
            let changed = by.map(|by| {
                let by = site.portal.summary(by);
                json!({
                    "@type": "Legislation",
                    "@id": site.canonical(by.address),
                    "legislationIdentifier": by.number,
                })
            });
            data["legislationChangedBy"] = json!(changed);
        }
    }
    Some(data)
}

/// Questions with their answers.
pub(crate) fn faq(questions: impl IntoIterator<Item = Option<Value>>) -> Value {
    let questions: Vec<Value> = questions.into_iter().flatten().collect();
    json!({ "@type": "FAQPage", "mainEntity": questions })
}

/// Whether there is any question: a page without one is no list of questions.
pub(crate) fn has_questions(faq: &Value) -> bool {
    faq["mainEntity"]
        .as_array()
        .is_some_and(|all| !all.is_empty())
}

/// A question with its answer, which is as long as the page shows it: its summary, and on its own page its body. `None`
/// without an answer.
pub(crate) fn question(site: Site<'_>, id: DocId, body: Option<String>) -> Option<Value> {
    let summary = site.portal.summary(id);
    let parts = summary.summary.map(str::to_owned).into_iter().chain(body);
    let text = parts.collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then(|| {
        json!({
            "@type": "Question",
            "name": summary.title,
            "url": site.canonical(summary.address),
            "acceptedAnswer": { "@type": "Answer", "text": text },
        })
    })
}

/// The text of a body; `None` where there is none, or where the page says itself that it cannot be read.
fn body_text(site: Site<'_>, id: DocId, files: &dyn Files) -> Option<String> {
    let body = site.portal.document(id).body_ref().read(files).ok()?;
    let text = markdown::plain_text(&body);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// When and where an event is.
fn event(site: Site<'_>, declared: &Declared) -> Value {
    let moment = |moment: Option<Moment>| {
        let moment = moment?;
        let zone = declared.zone.as_ref();
        let offset = moment.datetime().zip(zone);
        let offset = offset.and_then(|(at, zone)| zone.offset(at));
        Some(match (moment.time, offset) {
            (Some(_), Some(offset)) => format!("{moment}:00{offset}"),
            _ => moment.to_string(),
        })
    };
    let url = |link: &WebLink| match link.inside() {
        Some(address) => site.absolute(address.trim_start_matches('/')),
        None => link.to_string(),
    };
    let place = declared.place.as_ref();
    let place = place.map(|place| json!({ "@type": "Place", "name": place, "address": place }));
    let link = declared.link.as_ref();
    let online = link.map(|link| json!({ "@type": "VirtualLocation", "url": url(link) }));
    json!({
        "@type": "Event",
        "startDate": moment(declared.start),
        "endDate": moment(declared.end),
        "location": place.or(online),
        "organizer": {
            "@type": "GovernmentOrganization",
            "name": site.config.issuer.name,
            "url": site.config.issuer.url,
        },
    })
}

/// Whether a ruling or a decision has force; `None` where nobody looked.
fn legal_force(site: Site<'_>, id: DocId, kind: Option<StatusKind>) -> Option<&'static str> {
    let standing = site.portal.graph.subsequent[id].standing;
    Some(match (kind, standing) {
        (Some(StatusKind::NotChecked), _) => return None,
        (Some(StatusKind::InForce), _) => "https://schema.org/InForce",
        (Some(StatusKind::Modified), _) => "https://schema.org/PartiallyInForce",
        (None, Some(standing)) if standing.in_part => "https://schema.org/PartiallyInForce",
        (None, Some(standing)) if standing.is_good_law() => "https://schema.org/InForce",
        _ => "https://schema.org/NotInForce",
    })
}

/// A Center as an office of the government.
pub(crate) fn center(site: Site<'_>, id: CenterId) -> Value {
    let center = site.portal.center(id);
    let record = &center.record;
    json!({
        "@type": "GovernmentOrganization",
        "name": record.name,
        "alternateName": record.abbreviation,
        "identifier": record.number,
        "description": record.summary,
        "address": record.city.as_ref().map(|city| json!({
            "@type": "PostalAddress",
            "addressLocality": city,
            "addressCountry": site.config.issuer.country,
        })),
        "parentOrganization": {
            "@type": "GovernmentOrganization",
            "name": site.config.issuer.name,
            "url": site.config.issuer.url,
        },
        "mainEntityOfPage": site.canonical(&site.address(&Page::Center(id))),
    })
}

/// The portal with its search.
pub(crate) fn site(site: Site<'_>) -> Value {
    let search = site.absolute(&site.address(&Page::Search));
    json!({
        "@type": "WebSite",
        "name": site.config.title,
        "url": site.canonical(&site.address(&Page::Home)),
        "description": site.config.description,
        "potentialAction": {
            "@type": "SearchAction",
            "target": format!("{search}?q={{search_term_string}}"),
            "query-input": "required name=search_term_string",
        },
    })
}

/// What a script element holds. Members are in the order of their names, as in every other JSON of the site.
#[derive(Serialize)]
struct Script<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Node<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Node<'a> {
    Own(Value),
    Breadcrumbs {
        #[serde(rename = "@type")]
        kind: &'static str,
        #[serde(rename = "itemListElement")]
        items: Vec<Crumb<'a>>,
    },
}

#[derive(Serialize)]
struct Crumb<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    item: String,
    name: &'a str,
    position: usize,
}

fn breadcrumbs<'a>(
    site: Site<'_>,
    crumbs: &'a [LinkView],
    title: &'a str,
    canonical: &str,
) -> Node<'a> {
    let base = site.config.base_url.as_deref().unwrap_or_default();
    let above = crumbs
        .iter()
        .map(|crumb| (crumb.title.as_str(), format!("{base}{}", crumb.url)));
    let items = above.chain([(title, canonical.to_owned())]).enumerate();
    Node::Breadcrumbs {
        kind: "BreadcrumbList",
        items: items
            .map(|(at, (name, item))| Crumb {
                kind: "ListItem",
                item,
                name,
                position: at + 1,
            })
            .collect(),
    }
}

/// A page's JSON-LD, safe within a script element.
pub(crate) fn script(
    site: Site<'_>,
    own: Option<Value>,
    crumbs: &[LinkView],
    title: &str,
    canonical: &str,
) -> Option<String> {
    let own = own.map(without_nulls).map(Node::Own);
    let crumbs = (!crumbs.is_empty()).then(|| breadcrumbs(site, crumbs, title, canonical));
    let script = Script {
        context: "https://schema.org",
        graph: own.into_iter().chain(crumbs).collect(),
    };
    let json = || serde_json::to_string(&script).expect("its maps have text keys");
    (!script.graph.is_empty()).then(|| in_script(&json()))
}

/// Leaves out what is not known.
fn without_nulls(mut data: Value) -> Value {
    if let Some(entries) = data.as_object_mut() {
        entries.retain(|_, value| !value.is_null() && *value != json!(""));
    }
    data
}

/// Writes what could end the script element, or begin a comment in it, as escapes of JSON.
pub(crate) fn in_script(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find(['<', '>', '&']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'<' => "\\u003c",
            b'>' => "\\u003e",
            _ => "\\u0026",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_script_element() {
        let data = json!({"name": "</script><!-- & -->"}).to_string();
        let safe = in_script(&data);
        assert!(!safe.contains(['<', '>', '&']), "{safe}");
        assert_eq!(
            serde_json::from_str::<Value>(&safe).expect("it is JSON"),
            json!({"name": "</script><!-- & -->"})
        );
    }
}
