//! What is at an address, and the one place where each address is written; those that earlier stages write, too, have
//! their forms in `addresses.rs`.

use crate::addresses::{self, SEARCH, format_of, index, theme_file};
use crate::files::SitePath;
use crate::portal::{
    CenterId, ChangeListId, DataForm, DirectoryPage, DocId, ListId, Listing, Portal, Subject,
    Taxonomy, Topic,
};
use camino::Utf8PathBuf;
use std::cmp::Reverse;

/// A page or another file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// The portal's first page.
    Home,
    /// All Centers.
    Centers,
    /// The Centers with their offices as data.
    CentersData,
    /// A Center's page.
    Center(CenterId),
    /// A document's page.
    Document(DocId),
    /// A document as JSON.
    Record(DocId),
    /// A document's text.
    Text(DocId),
    /// A page of a list, from 1.
    Listing {
        /// Which list.
        listing: ListId,
        /// From 1.
        page: usize,
    },
    /// All documents of a list, as a table.
    ListTable(ListId),
    /// All documents of a list, as its filter shows them.
    ListData(ListId),
    /// The terms of a taxonomy.
    Terms(Taxonomy),
    /// The tariff's first page.
    Tariff,
    /// A page of what changed, from 1.
    Changes {
        /// Which list.
        list: ChangeListId,
        /// From 1.
        page: usize,
    },
    /// What the documents of a Center, or of the portal, add up to.
    Trends(Option<CenterId>),
    /// The numbers of a topic of that page.
    TrendData {
        /// The Center, or the portal.
        center: Option<CenterId>,
        /// Which numbers.
        topic: Topic,
        /// How they are written.
        form: DataForm,
    },
    /// Offices, ports, programs and agencies.
    Directory(DirectoryPage),
    /// The search page.
    Search,
    /// How to search, with examples.
    SearchHelp,
    /// The page with a link to every part.
    SiteMap,
    /// The page for addresses without a page.
    NotFound,
    /// What a feed reader subscribes to.
    Feed(Feed, FeedFormat),
    /// The description for browsers' search boxes.
    OpenSearch,
    /// A list of pages for search engines.
    Sitemap {
        /// Which part, from 1; `None` where there is one list.
        part: Option<usize>,
        /// What it lists.
        pages: Vec<Listed>,
    },
    /// The list of so many such lists.
    SitemapIndex(usize),
    /// What robots may read.
    Robots,
    /// A page at an earlier address of a document.
    Redirect {
        /// The earlier address.
        from: String,
        /// The document.
        to: DocId,
    },
    /// A page at the address that another page of the site had before.
    Moved {
        /// The earlier address.
        from: String,
        /// The current one.
        to: String,
    },
    /// What is published, for the next run to compare with.
    Revisions,
    /// A file of the theme, by its path there.
    ThemeFile(String),
    /// A file of the content tree.
    Copy {
        /// Its path in the content tree.
        source: Utf8PathBuf,
        /// Its address.
        address: String,
    },
}

/// A page that the sitemap lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed {
    /// A document's page.
    Document(DocId),
    /// Any other page.
    Page(SitePath),
}

/// What a feed has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feed {
    /// The newest documents of the portal, or of a Center.
    Newest(Option<CenterId>),
    /// The documents of a list.
    Listing(ListId),
    /// The status changes of a list.
    Changes(ChangeListId),
}

/// How a feed is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedFormat {
    /// RFC 4287.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl Feed {
    /// The page whose news it has.
    #[must_use]
    pub fn followed(self) -> Page {
        match self {
            Self::Newest(None) => Page::Home,
            Self::Newest(Some(center)) => Page::Center(center),
            Self::Listing(listing) => Page::Listing { listing, page: 1 },
            Self::Changes(list) => Page::Changes { list, page: 1 },
        }
    }
}

impl FeedFormat {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Atom, Self::Json];
}

impl Page {
    /// Its address, relative to the site's root, without a leading slash.
    #[must_use]
    pub fn address(&self, portal: &Portal) -> String {
        let folder = |center: Option<CenterId>| {
            center.map_or_else(String::new, |id| format!("{}/", portal.center(id).slug()))
        };
        let changes =
            |list: ChangeListId| format!("{}changes/", folder(portal.changes[list].center));
        match self {
            Self::Home => "index.html".to_owned(),
            Self::Centers => index("centers"),
            Self::CentersData => "centers/centers.json".to_owned(),
            Self::Center(at) => index(portal.center(*at).slug()),
            Self::Document(id) => portal.addresses.of(*id).to_owned(),
            Self::Record(id) => format_of(portal.addresses.of(*id), "json"),
            Self::Text(id) => format_of(portal.addresses.of(*id), "txt"),
            Self::Listing { listing, page } => {
                page_of_list(&list_folder(&portal.listings[*listing], portal), *page)
            }
            Self::ListTable(at) => list_folder(&portal.listings[*at], portal) + "list.csv",
            Self::ListData(at) => list_folder(&portal.listings[*at], portal) + "list.json",
            Self::Terms(taxonomy) => index(taxonomy.folder()),
            Self::Tariff => index("hts"),
            Self::Changes { list, page } => page_of_list(&changes(*list), *page),
            Self::Trends(center) => folder(*center) + "trends/index.html",
            Self::TrendData {
                center,
                topic,
                form,
            } => format!(
                "{}trends/{}.{}",
                folder(*center),
                topic.id(),
                form.extension()
            ),
            Self::Directory(page) => directory(*page, portal),
            Self::Search => index(SEARCH),
            Self::SearchHelp => addresses::page(&format!("{SEARCH}/help")),
            Self::SiteMap => index("site-map"),
            Self::NotFound => addresses::NOT_FOUND.to_owned(),
            Self::Feed(feed, format) => {
                let folder = match feed {
                    Feed::Newest(center) => folder(*center),
                    Feed::Listing(at) => list_folder(&portal.listings[*at], portal),
                    Feed::Changes(at) => changes(*at),
                };
                match format {
                    FeedFormat::Atom => folder + "feed.xml",
                    FeedFormat::Json => folder + "feed.json",
                }
            }
            Self::OpenSearch => "opensearch.xml".to_owned(),
            Self::Sitemap { part: None, .. } | Self::SitemapIndex(_) => "sitemap.xml".to_owned(),
            Self::Sitemap {
                part: Some(part), ..
            } => sitemap_part(*part),
            Self::Robots => "robots.txt".to_owned(),
            Self::Redirect { from, .. } | Self::Moved { from, .. } => from.clone(),
            Self::Revisions => addresses::REVISIONS.to_owned(),
            Self::ThemeFile(path) => theme_file(path),
            Self::Copy { address, .. } => address.clone(),
        }
    }

    /// Whether it only makes sense where the site's absolute address is known.
    #[must_use]
    pub(super) fn needs_base_url(&self) -> bool {
        matches!(
            self,
            Self::Feed(..) | Self::OpenSearch | Self::Sitemap { .. } | Self::SitemapIndex(_)
        )
    }

    /// Whether a file of the content tree decides its address.
    pub(super) fn is_of_content(&self) -> bool {
        matches!(
            self,
            Self::Document(_) | Self::Redirect { .. } | Self::Copy { .. }
        )
    }

    /// The template that makes it; `None` for what comes from none.
    #[must_use]
    pub fn template(&self, portal: &Portal) -> Option<&'static str> {
        Some(match self {
            Self::Home => "home.html",
            Self::Centers => "centers.html",
            Self::Center(_) => "center.html",
            Self::Document(id) => {
                let kinds = &portal.schema.kinds;
                kinds.of(portal.document(*id).kind).template
            }
            Self::Listing { listing, .. } => match &portal.listings[*listing].subject {
                Subject::Term(term) => match term.taxonomy {
                    Taxonomy::Chapter if portal.listings[*listing].center.is_none() => {
                        "hts-chapter.html"
                    }
                    Taxonomy::Heading => "hts-heading.html",
                    Taxonomy::Program if portal.tables.program(&term.name).is_some() => {
                        "program.html"
                    }
                    Taxonomy::Agency if portal.tables.agency(&term.name).is_some() => "agency.html",
                    _ => "listing.html",
                },
                Subject::Kind(..) => "listing.html",
            },
            Self::Terms(_) => "terms.html",
            Self::Tariff => "hts.html",
            Self::Changes { .. } => "changes.html",
            Self::Trends(_) => "trends.html",
            Self::Directory(page) => match page {
                DirectoryPage::Contacts => "contacts.html",
                DirectoryPage::Problem(_) => "problem.html",
                DirectoryPage::Ports => "ports.html",
                DirectoryPage::Port(_) => "port.html",
                DirectoryPage::Programs => "programs.html",
                DirectoryPage::Agencies => "agencies.html",
                DirectoryPage::ContactsData
                | DirectoryPage::RoleCard(_)
                | DirectoryPage::CenterCard(_)
                | DirectoryPage::DeskCard(_) => return None,
            },
            Self::Search => "search.html",
            Self::SearchHelp => "search-help.html",
            Self::SiteMap => "site-map.html",
            Self::NotFound => "404.html",
            Self::Feed(_, FeedFormat::Atom) => "feed.xml",
            Self::OpenSearch => "opensearch.xml",
            Self::Sitemap { .. } | Self::SitemapIndex(_) => "sitemap.xml",
            Self::Robots => "robots.txt",
            Self::Redirect { .. } | Self::Moved { .. } => "redirect.html",
            Self::Feed(_, FeedFormat::Json)
            | Self::CentersData
            | Self::Record(_)
            | Self::Text(_)
            | Self::ListTable(_)
            | Self::ListData(_)
            | Self::TrendData { .. }
            | Self::Revisions
            | Self::ThemeFile(_)
            | Self::Copy { .. } => return None,
        })
    }
}

/// The folder of a list's pages, with a trailing slash.
pub fn list_folder(list: &Listing, portal: &Portal) -> String {
    let kinds = &portal.schema.kinds;
    let center = list.center.map(|id| portal.center(id).slug());
    let center = center.map_or_else(String::new, |slug| format!("{slug}/"));
    match &list.subject {
        Subject::Kind(kind, None) => format!("{center}{}/", kinds.folder(*kind)),
        Subject::Kind(kind, Some(Reverse(year))) => {
            format!("{center}{}/{}/", kinds.folder(*kind), year.folder())
        }
        Subject::Term(term) => format!("{center}{}/{}/", term.taxonomy.folder(), term.name),
    }
}

/// A page of a list; `folder` ends with a slash.
pub fn page_of_list(folder: &str, page: usize) -> String {
    if page == 1 {
        format!("{folder}index.html")
    } else {
        format!("{folder}page-{page}.html")
    }
}

fn directory(page: DirectoryPage, portal: &Portal) -> String {
    let contacts = portal.tables.contacts.as_ref();
    let problem = |at| contacts.map_or("", |contacts| &contacts.problems[at].id);
    let role = |at| contacts.map_or("", |contacts| &contacts.roles[at].id);
    match page {
        DirectoryPage::Contacts => index("contacts"),
        DirectoryPage::ContactsData => "contacts/contacts.json".to_owned(),
        DirectoryPage::Problem(at) => problem_page(problem(at)),
        DirectoryPage::RoleCard(at) => role_card(role(at)),
        DirectoryPage::Ports => index("contacts/ports"),
        DirectoryPage::Port(at) => addresses::page(&format!(
            "contacts/ports/{}",
            portal.offices.ports[at].port.code
        )),
        DirectoryPage::DeskCard(at) => {
            format!(
                "contacts/offices/{}.vcf",
                portal.offices.desks[at].office.id.value
            )
        }
        DirectoryPage::CenterCard(at) => format!("{}/contact.vcf", portal.center(at).slug()),
        DirectoryPage::Programs => index("programs"),
        DirectoryPage::Agencies => index("agencies"),
    }
}

/// The page of a problem.
pub fn problem_page(id: &str) -> String {
    format!("contacts/{id}.html")
}

/// The business card of a role.
pub fn role_card(id: &str) -> String {
    format!("contacts/{id}.vcf")
}

/// A part of the sitemap, from 1.
pub fn sitemap_part(part: usize) -> String {
    format!("sitemap-{part}.xml")
}
