//! Finding what an editor names: by address, number, file, tariff number or Center.

use crate::addresses;
use crate::build::Site;
use crate::diagnostic::did_you_mean;
use crate::document::{Declared, Document, Fields};
use crate::files::{percent_decoded, scheme};
use crate::portal::{
    CenterId, DirectoryPage, DocId, Portal, StatusRecord, Subject, Taxonomy, Term,
};
use crate::sitemap::{Entry, Page};
use crate::tables::{AGENCIES_FILE, CONTACTS_FILE, OFFICES_FILE, PORTS_FILE};
use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;
use portolan_customs::{HtsNumber, RulingNumber};
use serde::Serialize;

/// What was found.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Match {
    /// A file, a page or both.
    Place(Box<Place>),
    /// Goods, by their tariff number.
    Goods(Goods),
}

/// Whether readers see a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// They do.
    Published,
    /// Not until `draft` is deleted.
    Draft,
    /// Not until the day of `publish`.
    Scheduled,
    /// No longer, since the day of `expires`.
    Expired,
}

/// A file, its page, and whose it is. What there is not is absent.
#[derive(Debug, Serialize)]
pub struct Place {
    /// A kind of documents, `center`, or what else a page is.
    pub kind: String,
    /// The file, relative to the portal's root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The number or citation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The title, or a Center's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The address, from the root.
    pub address: String,
    /// The address with that of the site, where the settings have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The earlier address that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirected_from: Option<String>,
    /// Its Centers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub centers: Vec<String>,
    /// The office that issued it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued_by: Option<String>,
    /// The status of a ruling or decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusRecord>,
    /// Whether readers see it.
    pub visibility: Visibility,
}

/// Goods by their tariff number.
#[derive(Debug, Serialize)]
pub struct Goods {
    /// `tariff`.
    pub kind: &'static str,
    /// The number.
    pub hts: String,
    /// The Centers that handle the goods; of a chapter or heading, of parts of it.
    pub centers: Vec<String>,
    /// The page of the heading or chapter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Documents on these goods.
    pub documents: Vec<Place>,
}

/// Finds everything that a text names. `files` are the paths, relative to the portal's root, that it can mean.
#[must_use]
pub fn find(site: &Site, text: &str, files: &[Utf8PathBuf]) -> Vec<Match> {
    let finder = Finder {
        site,
        portal: &site.portal,
    };
    let text = text.trim();
    let place = |place| vec![Match::Place(Box::new(place))];
    let by_file = |file: &Utf8PathBuf| {
        let of_folder = || finder.by_file(&file.join("index.md"));
        finder.by_file(file).or_else(of_folder)
    };
    if let Some(found) = files.iter().find_map(by_file) {
        return place(found);
    }
    if let Some(found) = finder.by_address(text) {
        return place(found);
    }
    let named = finder.by_name(text);
    if !named.is_empty() {
        let named = named.into_iter();
        return named.map(|place| Match::Place(Box::new(place))).collect();
    }
    let number = text.strip_prefix("hts:").unwrap_or(text);
    match number.parse::<HtsNumber>() {
        Ok(number) => finder
            .goods(&number)
            .map(Match::Goods)
            .into_iter()
            .collect(),
        Err(_) => Vec::new(),
    }
}

/// What a text that names nothing may have been meant to be.
#[must_use]
pub fn near(site: &Site, text: &str) -> Option<String> {
    let portal = &site.portal;
    let text = text.trim();
    let last = text.trim_end_matches('/').rsplit('/').next();
    let last = last.unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    // A ruling is called by its number, everything else by the name of its file.
    let documents = portal.documents.iter();
    let documents: Vec<String> = documents
        .map(|document| match document.fields.ruling_number() {
            Some(number) => number.to_string(),
            None => document.slug.clone(),
        })
        .collect();
    let centers = portal.centers.iter();
    let centers = centers.flat_map(|center| [center.slug(), center.record.name.as_str()]);
    let names: Vec<&str> = documents
        .iter()
        .map(String::as_str)
        .chain(centers)
        .collect();
    let meant = match text.parse::<RulingNumber>() {
        Ok(number) => number.to_string(),
        Err(_) => stem.to_owned(),
    };
    did_you_mean(&meant, names.into_iter().filter(|name| *name != meant)).map(str::to_owned)
}

struct Finder<'a> {
    site: &'a Site,
    portal: &'a Portal,
}

impl Finder<'_> {
    fn by_file(&self, file: &Utf8Path) -> Option<Place> {
        let address = self.portal.addresses.of_file(file)?;
        self.at(self.site.site_map.at(address)?, None)
    }

    /// What is at an address, in every form in which a browser shows it.
    fn by_address(&self, text: &str) -> Option<Place> {
        let base = self.site.config.base_url.as_deref();
        let path = match base.and_then(|base| text.strip_prefix(base)) {
            Some(rest) => rest,
            None if base.is_some_and(|base| base.trim_end_matches('/') == text) => "",
            None if scheme(text).is_some_and(|scheme| scheme.starts_with("http")) => {
                of_preview(text)?
            }
            // A page at the top is named by its name alone; a number is not an address.
            None if text.contains('/') || text.ends_with(".html") => text,
            None => return None,
        };
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let path = percent_decoded(path)?;
        let address = path.trim_start_matches('/');
        let folder = address.trim_end_matches('/');
        let candidates = [
            address.to_owned(),
            addresses::page(folder),
            addresses::index(folder).trim_start_matches('/').to_owned(),
        ];
        let mut entries = candidates.iter().filter_map(|it| self.site.site_map.at(it));
        self.at(entries.next()?, None)
    }

    /// Documents and Centers by number, citation, file name or name.
    fn by_name(&self, text: &str) -> Vec<Place> {
        let portal = self.portal;
        let ruling = text.parse::<RulingNumber>().ok();
        let is = |name: &str| !text.is_empty() && name.eq_ignore_ascii_case(text);
        let centers = portal.centers.iter_enumerated().filter(|(_, center)| {
            let abbreviation = center.record.abbreviation.as_deref();
            is(center.slug()) || is(&center.record.name) || abbreviation.is_some_and(is)
        });
        let documents = portal.documents.iter_enumerated().filter(|(_, document)| {
            is(&document.slug) || has_number(document, text, ruling.as_ref())
        });
        let centers = centers.map(|(id, _)| self.center(id));
        centers
            .chain(documents.map(|(id, _)| self.document(id)))
            .collect()
    }

    fn goods(&self, number: &HtsNumber) -> Option<Goods> {
        let portal = self.portal;
        let centers = portal.coverage.within(number);
        let ids = portal.newest.iter().copied();
        let documents: Vec<Place> = ids
            .filter(|id| {
                let mut numbers = portal.document(*id).fields.hts().iter();
                numbers.any(|own| own.digits().starts_with(number.digits()))
            })
            .map(|id| self.document(id))
            .collect();
        let (taxonomy, digits) = match number.heading() {
            Some(heading) => (Taxonomy::Heading, heading),
            None => (Taxonomy::Chapter, number.chapter()),
        };
        let name = digits.to_owned();
        let list = portal.listing(None, &Subject::Term(Term { taxonomy, name }));
        let address = list.and_then(|listing| {
            let page = Page::Listing { listing, page: 1 };
            self.site.site_map.address(&page, portal)
        });
        let address = address.as_deref().map(rooted);
        if centers.is_empty() && documents.is_empty() && address.is_none() {
            return None;
        }
        Some(Goods {
            kind: "tariff",
            hts: number.to_string(),
            centers: portal.slugs(&centers).map(str::to_owned).collect(),
            address,
            documents,
        })
    }

    /// What an entry of the site map is; `from` is the earlier address that led to it.
    fn at(&self, entry: &Entry, from: Option<&str>) -> Option<Place> {
        let redirected_from = from.map(rooted);
        let address = entry.path.as_str();
        Some(match &entry.page {
            Page::Document(id) | Page::Record(id) | Page::Text(id) => Place {
                redirected_from,
                ..self.document(*id)
            },
            Page::Center(id) => self.center(*id),
            Page::Redirect { from, to } => Place {
                redirected_from: Some(rooted(from)),
                ..self.document(*to)
            },
            Page::Moved { from, to } => self.at(self.site.site_map.at(to)?, Some(from))?,
            Page::Copy { source, .. } => Place {
                file: Some(source.to_string()),
                ..self.page("file", address)
            },
            Page::Directory(page) => Place {
                redirected_from,
                file: Some(self.table(*page)),
                ..self.page("page made from a table", address)
            },
            Page::ThemeFile(_) => self.page("file of the theme", address),
            page => Place {
                redirected_from,
                ..self.page(made(page), address)
            },
        })
    }

    fn table(&self, page: DirectoryPage) -> String {
        let file = match page {
            DirectoryPage::CenterCard(id) => self.portal.center(id).document.path.as_str(),
            DirectoryPage::DeskCard(id) => match self.portal.offices.desks[id].owner {
                Some(center) => self.portal.center(center).document.path.as_str(),
                None => OFFICES_FILE,
            },
            DirectoryPage::Ports | DirectoryPage::Port(_) => PORTS_FILE,
            DirectoryPage::Programs => self.portal.tables.programs_file,
            DirectoryPage::Agencies => AGENCIES_FILE,
            DirectoryPage::Contacts
            | DirectoryPage::Problem(_)
            | DirectoryPage::ContactsData
            | DirectoryPage::RoleCard(_) => CONTACTS_FILE,
        };
        file.to_owned()
    }

    fn page(&self, kind: &str, address: &str) -> Place {
        let base = self.site.config.base_url.as_deref();
        Place {
            kind: kind.to_owned(),
            file: None,
            number: None,
            title: None,
            address: rooted(address),
            url: base.map(|base| format!("{base}{}", address.trim_end_matches("index.html"))),
            redirected_from: None,
            centers: Vec::new(),
            issued_by: None,
            status: None,
            visibility: Visibility::Published,
        }
    }

    fn center(&self, id: CenterId) -> Place {
        let center = self.portal.center(id);
        Place {
            file: Some(center.document.path.to_string()),
            number: center.record.number.clone(),
            title: Some(center.record.name.clone()),
            ..self.page("center", &addresses::index(center.slug()))
        }
    }

    fn document(&self, id: DocId) -> Place {
        let portal = self.portal;
        let document = portal.document(id);
        let centers = portal.slugs(portal.membership.centers_of(id));
        Place {
            file: Some(document.path.to_string()),
            number: document.fields.number(),
            title: Some(document.common.title.clone()),
            centers: centers.map(str::to_owned).collect(),
            issued_by: portal.issuer_slug(id).map(str::to_owned),
            status: portal.status_record(id),
            visibility: visibility(document, self.site.day.date),
            ..self.page(
                portal.schema.kinds.name(document.kind),
                portal.addresses.of(id),
            )
        }
    }
}

fn has_number(document: &Document, text: &str, ruling: Option<&RulingNumber>) -> bool {
    if let (Some(own), Some(ruling)) = (document.fields.ruling_number(), ruling) {
        return own == ruling;
    }
    let number = match &document.fields {
        Fields::Decision(decision) => decision.number.as_deref(),
        Fields::Publication(publication) => publication.number.as_deref(),
        _ => None,
    };
    let citation = document.fields.number();
    let declared = document.fields.declared();
    let others = declared.into_iter().flat_map(Declared::cited_as);
    // A document can have several numbers: `CBP Dec. 16-26; 81 FR 92978`.
    let all = [number, citation.as_deref()].into_iter().flatten();
    let mut parts = all
        .chain(others)
        .flat_map(|all| all.split(';').map(str::trim).chain([all]));
    parts.any(|part| {
        part.eq_ignore_ascii_case(text)
            || ruling.is_some_and(|ruling| part.parse::<RulingNumber>().as_ref() == Ok(ruling))
    })
}

/// Whether readers see a document on a day.
fn visibility(document: &Document, today: Date) -> Visibility {
    let common = &document.common;
    if common.draft {
        Visibility::Draft
    } else if common.publish.is_some_and(|day| day > today) {
        Visibility::Scheduled
    } else if common.expires.is_some_and(|day| day <= today) {
        Visibility::Expired
    } else {
        Visibility::Published
    }
}

/// The path of an address of a preview, which any port of this machine can have.
fn of_preview(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    ["localhost", "127.0.0.1", "[::1]"]
        .contains(&name)
        .then_some(path)
}

fn rooted(address: &str) -> String {
    format!("/{address}")
}

/// What a page that no single file makes is.
fn made(page: &Page) -> &'static str {
    match page {
        Page::Listing { .. }
        | Page::ListTable(_)
        | Page::ListData(_)
        | Page::Terms(_)
        | Page::Tariff => "list",
        Page::Changes { .. } => "list of changes",
        Page::Trends(_) | Page::TrendData { .. } => "trends",
        Page::Feed(..) => "feed",
        Page::Home => "home page",
        Page::Search | Page::SearchHelp => "search page",
        _ => "page of the site",
    }
}
