//! What search engines read of a page: JSON-LD in the words of schema.org.
//!
//! It needs absolute addresses, so a site without `base_url` has none.

use super::view::{Viewer, datetime};
use super::views::LinkView;
use crate::document::Kind;
use crate::portal::{CenterId, DocId};
use portolan_customs::{RulingNumber, StatusKind};
use serde_json::{Value, json};

impl Viewer<'_> {
    /// The document's own description.
    pub(super) fn document_data(&self, id: DocId) -> Option<Value> {
        let document = self.portal.document(id);
        let url = self.canonical(self.portal.addresses.of(id));
        let mut data = match document.kind {
            Kind::Ruling | Kind::Decision => json!({
                "@type": "Legislation",
                "legislationIdentifier": document.fields.number(),
                "legislationDate": document.fields.date().map(datetime),
                "legislationType": self.kind_label(document.kind),
                "legislationJurisdiction": self.config.issuer.country,
            }),
            Kind::Page | Kind::Center => return None,
            _ => json!({
                "@type": "Article",
                "headline": document.common.title,
                "datePublished": document.fields.date().map(datetime),
                "dateModified": self.changed_on(id).map(|day| day.to_string()),
            }),
        };
        data["@id"] = json!(url);
        data["url"] = json!(url);
        data["name"] = json!(document.common.title);
        data["abstract"] = json!(document.common.summary);
        // The page is not what it tells of: its text is a copy, a summary or nothing but the record.
        if document.text_kind().is_some() {
            let official = document.fields.ruling_number().map(RulingNumber::cross_url);
            data["isBasedOn"] = json!(official);
            if matches!(document.kind, Kind::Ruling | Kind::Decision) && !self.config.official {
                data["legislationLegalValue"] = json!("https://schema.org/UnofficialLegalValue");
            }
        }
        data["inLanguage"] = json!(self.config.language);
        if let Some(status) = self.status_kind(id) {
            data["legislationLegalForce"] = json!(match status {
                StatusKind::InForce => Some("https://schema.org/InForce"),
                StatusKind::NotChecked => None,
                StatusKind::Modified => Some("https://schema.org/PartiallyInForce"),
                StatusKind::Superseded | StatusKind::Revoked => {
                    Some("https://schema.org/NotInForce")
                }
            });
            // As of which day the status is.
            let source = self.portal.status_source(id);
            data["sdDatePublished"] = json!(source.map(|source| source.through.to_string()));
            data["description"] = json!(self.status_words(id));
            let by = self.portal.graph.status[id].cause.as_ref();
            let by = by.and_then(|cause| cause.by.document);
            let changed = by.map(|id| {
                json!({
                    "@type": "Legislation",
                    "@id": self.canonical(self.portal.addresses.of(id)),
                    "legislationIdentifier": self.portal.document(id).fields.number(),
                })
            });
            data["legislationChangedBy"] = json!(changed);
        }
        if let Some(standing) = self.outcome(id) {
            data["legislationLegalForce"] =
                json!(match (standing.in_part, standing.is_good_law()) {
                    (true, _) => "https://schema.org/PartiallyInForce",
                    (false, true) => "https://schema.org/InForce",
                    (false, false) => "https://schema.org/NotInForce",
                });
        }
        Some(data)
    }

    /// A Center as an office of the government.
    pub(super) fn center_data(&self, id: CenterId) -> Value {
        let center = self.portal.center(id);
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
                "addressCountry": self.config.issuer.country,
            })),
            "parentOrganization": {
                "@type": "GovernmentOrganization",
                "name": self.config.issuer.name,
                "url": self.config.issuer.url,
            },
            "mainEntityOfPage": self.canonical(&format!("{}/index.html", center.slug())),
        })
    }

    /// The portal with its search.
    pub(super) fn site_data(&self) -> Value {
        let search = self.canonical("search/index.html");
        json!({
            "@type": "WebSite",
            "name": self.config.title,
            "url": self.canonical("index.html"),
            "description": self.config.description,
            "potentialAction": {
                "@type": "SearchAction",
                "target": format!("{search}?q={{search_term_string}}"),
                "query-input": "required name=search_term_string",
            },
        })
    }

    fn crumbs_data(&self, crumbs: &[LinkView], title: &str, canonical: &str) -> Value {
        let base = self.config.base_url.as_deref().unwrap_or_default();
        let above = crumbs
            .iter()
            .map(|crumb| (crumb.title.as_str(), format!("{base}{}", crumb.url)));
        let items = above.chain([(title, canonical.to_owned())]).enumerate();
        let items: Vec<Value> = items
            .map(|(at, (name, url))| {
                json!({"@type": "ListItem", "position": at + 1, "name": name, "item": url})
            })
            .collect();
        json!({"@type": "BreadcrumbList", "itemListElement": items})
    }

    /// A page's JSON-LD, safe within a script element; empty without `base_url`.
    pub(super) fn json_ld(
        &self,
        own: Option<Value>,
        crumbs: &[LinkView],
        title: &str,
        canonical: &str,
    ) -> String {
        if canonical.is_empty() {
            return String::new();
        }
        let mut graph: Vec<Value> = own.into_iter().map(without_nulls).collect();
        if !crumbs.is_empty() {
            graph.push(self.crumbs_data(crumbs, title, canonical));
        }
        if graph.is_empty() {
            return String::new();
        }
        let data = json!({"@context": "https://schema.org", "@graph": graph});
        in_script(&data.to_string())
    }
}

/// Leaves out what is not known.
fn without_nulls(mut data: Value) -> Value {
    if let Some(entries) = data.as_object_mut() {
        entries.retain(|_, value| !value.is_null() && *value != json!(""));
    }
    data
}

/// Writes what could end the script element, or begin a comment in it, as escapes of JSON.
pub(super) fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
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
