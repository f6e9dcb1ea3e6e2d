//! What each kind is, declared once: its names, its keys, and how the site shows, lists and describes its documents.
//!
//! The words that readers see for a kind are in the theme's `strings/`, under `[kind]` and `[kinds]`, by its name.

/// What a kind is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declaration {
    /// One document, in a sentence; also the name that search filters by: `message`.
    pub(super) name: &'static str,
    /// The folder in the content tree and in the site: `messages`; empty for what has none.
    pub(super) folder: &'static str,
    /// The heading over several documents, where the theme has no word for it.
    pub(super) heading: &'static str,
    /// The template of a document's page.
    pub template: &'static str,
    /// What search engines are told that a document is.
    pub vocabulary: Vocabulary,
    /// The keys of [`Declared`](crate::document::Declared) that its documents have; of other kinds, none.
    pub keys: &'static [&'static str],
    /// Those of them that every document needs.
    pub required: &'static [&'static str],
    /// Whether a document can propose to change rulings.
    pub proposes: bool,
    /// Whether a portal without a document of the kind has its lists nevertheless.
    pub is_permanent: bool,
    /// Whether the main navigation has its list.
    pub in_navigation: bool,
    /// The order of its lists.
    pub order: Order,
}

/// What a document is in the vocabulary of schema.org.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vocabulary {
    /// `Legislation`.
    Legislation,
    /// `Article`.
    Article,
    /// `FAQPage` with a `Question` and its answer.
    Question,
    /// `Event`.
    Event,
    /// Not described.
    Nothing,
}

/// The order of a kind's lists, and by which date its documents belong to a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By date, the newest first.
    Date,
    /// By `start`, the latest first. What is over is not on front pages, and what is next comes first there.
    Start,
    /// By `group`, then by title. There are no lists by year.
    Group,
}

impl Declaration {
    const fn new(name: &'static str, folder: &'static str, heading: &'static str) -> Self {
        Self {
            name,
            folder,
            heading,
            template: "document.html",
            vocabulary: Vocabulary::Article,
            keys: &[],
            required: &[],
            proposes: false,
            is_permanent: false,
            in_navigation: false,
            order: Order::Date,
        }
    }
}

/// The kinds that are data alone, in the order in which a Center shows them. Their numbers are in the cache and in
/// addresses of no kind, so they may change.
pub(super) const BUILT_IN: &[Declaration] = &[
    Declaration {
        template: "update.html",
        keys: &["date", "about", "action"],
        required: &["date"],
        proposes: true,
        is_permanent: true,
        in_navigation: true,
        ..Declaration::new("update", "updates", "Updates")
    },
    Declaration {
        template: "message.html",
        keys: &[
            "numbers",
            "date",
            "effective",
            "ends",
            "hts",
            "action",
            "status_note",
            "about",
        ],
        required: &["date"],
        proposes: true,
        in_navigation: true,
        ..Declaration::new("message", "messages", "Messages")
    },
    Declaration {
        template: "finding.html",
        keys: &["date", "found", "period", "hts", "action", "about"],
        required: &["date"],
        ..Declaration::new("finding", "findings", "Findings")
    },
    Declaration {
        template: "faq.html",
        vocabulary: Vocabulary::Question,
        keys: &["group", "date", "hts", "about"],
        order: Order::Group,
        ..Declaration::new("faq", "faq", "Questions and answers")
    },
    Declaration {
        template: "event.html",
        vocabulary: Vocabulary::Event,
        keys: &[
            "date",
            "start",
            "end",
            "zone",
            "place",
            "link",
            "registration",
            "hts",
            "action",
            "about",
        ],
        required: &["date", "start"],
        order: Order::Start,
        ..Declaration::new("event", "events", "Events")
    },
];

/// A kind of site.toml that is like no other one, but for its names.
pub(super) static OWN: Declaration = Declaration {
    keys: &["date", "number", "hts"],
    required: &["date"],
    proposes: true,
    is_permanent: true,
    in_navigation: true,
    ..Declaration::new("", "", "")
};

pub(super) static RULING: Declaration = Declaration {
    template: "ruling.html",
    vocabulary: Vocabulary::Legislation,
    is_permanent: true,
    in_navigation: true,
    ..Declaration::new("ruling", "rulings", "Rulings")
};

pub(super) static DECISION: Declaration = Declaration {
    template: "decision.html",
    vocabulary: Vocabulary::Legislation,
    proposes: true,
    is_permanent: true,
    in_navigation: true,
    ..Declaration::new("decision", "decisions", "Decisions")
};

pub(super) static PUBLICATION: Declaration = Declaration {
    template: "publication.html",
    proposes: true,
    is_permanent: true,
    in_navigation: true,
    ..Declaration::new("publication", "publications", "Publications")
};

pub(super) static PAGE: Declaration = Declaration {
    template: "page.html",
    vocabulary: Vocabulary::Nothing,
    ..Declaration::new("page", "", "Pages")
};

pub(super) static CENTER: Declaration = Declaration {
    template: "page.html",
    vocabulary: Vocabulary::Nothing,
    ..Declaration::new("center", "", "Centers")
};
