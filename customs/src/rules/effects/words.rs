//! The words in which letters change rulings, and those that show that a sentence does something else.
//!
//! Sources: the customary wording of modification and revocation letters (19 U.S.C. 1625(c), 19 CFR 177.12).

use crate::Change;

/// A verb in its forms, and what it does.
pub(super) struct Verb {
    pub(super) change: Change,
    /// `revoke`; empty where that is a common word for something else, such as `correct`.
    pub(super) base: &'static str,
    /// `revokes`.
    pub(super) third: &'static str,
    /// `revoking`.
    pub(super) ing: &'static str,
    /// `revoked`.
    pub(super) participle: &'static str,
    /// `revocation`; may be empty.
    pub(super) noun: &'static str,
    /// Whether letters use it for nothing but a change of a ruling's status.
    pub(super) is_exact: bool,
}

const fn verb(change: Change, forms: [&'static str; 5], is_exact: bool) -> Verb {
    let [base, third, ing, participle, noun] = forms;
    Verb {
        change,
        base,
        third,
        ing,
        participle,
        noun,
        is_exact,
    }
}

#[rustfmt::skip]
pub(super) const VERBS: &[Verb] = &[
    verb(Change::Revokes, ["revoke", "revokes", "revoking", "revoked", "revocation"], true),
    verb(Change::Revokes, ["rescind", "rescinds", "rescinding", "rescinded", "rescission"], true),
    verb(Change::Revokes, ["vacate", "vacates", "vacating", "vacated", ""], true),
    verb(Change::Revokes, ["overrule", "overrules", "overruling", "overruled", ""], true),
    verb(Change::Revokes, ["annul", "annuls", "annulling", "annulled", "annulment"], true),
    verb(Change::Revokes, ["cancel", "cancels", "canceling", "canceled", "cancellation"], true),
    verb(Change::Revokes, ["cancel", "cancels", "cancelling", "cancelled", "cancelation"], true), // spelling: on purpose
    verb(Change::Revokes, ["withdraw", "withdraws", "withdrawing", "withdrawn", "withdrawal"], false),
    verb(Change::Revokes, ["void", "voids", "voiding", "voided", ""], false),
    verb(Change::Revokes, ["reverse", "reverses", "reversing", "reversed", ""], false),
    verb(Change::Modifies, ["modify", "modifies", "modifying", "modified", "modification"], true),
    verb(Change::Modifies, ["revise", "revises", "revising", "revised", "revision"], false),
    verb(Change::Modifies, ["amend", "amends", "amending", "amended", "amendment"], false),
    verb(Change::Modifies, ["", "corrects", "correcting", "corrected", "correction"], false),
    verb(Change::Supersedes, ["supersede", "supersedes", "superseding", "superseded", ""], true),
    verb(Change::Supersedes, ["supercede", "supercedes", "superceding", "superceded", ""], true), // spelling: on purpose
    verb(Change::Supersedes, ["replace", "replaces", "replacing", "replaced", "replacement"], true),
    verb(Change::Reinstates, ["reinstate", "reinstates", "reinstating", "reinstated", "reinstatement"], true),
];

/// The form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Base,
    Third,
    Ing,
    Participle,
    Noun,
}

/// The verb that a word, in small letters, is a form of.
pub(super) fn verb_of(word: &str) -> Option<(&'static Verb, Form)> {
    let forms = |verb: &'static Verb| {
        [
            (verb.participle, Form::Participle),
            (verb.third, Form::Third),
            (verb.ing, Form::Ing),
            (verb.base, Form::Base),
            (verb.noun, Form::Noun),
        ]
    };
    if word.is_empty() {
        return None;
    }
    VERBS.iter().find_map(|verb| {
        let (_, form) = forms(verb).into_iter().find(|(form, _)| *form == word)?;
        Some((verb, form))
    })
}

/// Words by which a letter does what it says: what stands beside them is no report.
pub(super) const PERFORMATIVE: &[&str] = &["hereby", "herewith"];

/// Words between an auxiliary and its verb, or a subject and its verb, that change nothing.
#[rustfmt::skip]
pub(super) const ADVERBS: &[&str] = &[
    "hereby", "herewith", "accordingly", "therefore", "thus", "consequently", "also", "now", "both", "each", "all",
    "likewise", "similarly", "thereby", "do", "does", "further", "respectively", "only", "expressly", "partially",
];

/// Who speaks in a letter of CBP.
#[rustfmt::skip]
pub(super) const SPEAKERS: &[&str] = &[
    "we", "cbp", "customs", "headquarters", "office", "protection", "bureau",
];

/// What a letter calls itself after `this`.
#[rustfmt::skip]
pub(super) const LETTER: &[&str] = &[
    "ruling", "letter", "decision", "notice", "document", "action", "response", "reply", "memorandum",
];

/// Words before `ruling` or `letter` that mean the one that is being read.
pub(super) const THIS: &[&str] = &["this", "instant", "present", "herein"];

/// Words that make of a change something wished, feared, denied, planned or long past.
#[rustfmt::skip]
pub(super) const NOT_DONE: &[&str] = &[
    "nothing", "none", "not", "cannot", "never", "neither", "nor", "no", "without", "decline", "declines",
    "declined", "refuse", "refused", "propose", "proposes", "proposed", "proposing", "proposal", "proposals",
    "intend", "intends", "intended", "intention", "plan", "plans", "planned", "may", "might", "could", "would",
    "should", "can", "ought", "request", "requests", "requested", "requesting", "ask", "asks", "asked", "asking",
    "seek", "seeks", "seeking", "sought", "argue", "argues", "argued", "contend", "contends", "contended", "claim",
    "claims", "claimed", "assert", "asserts", "asserted", "suggest", "suggests", "suggested", "urge", "urges",
    "urged", "believe", "believes", "maintain", "maintains", "maintained", "consider", "considers", "considered",
    "considering", "contemplate", "contemplates", "contemplated", "contemplating", "whether", "previously",
    "formerly", "subsequently", "earlier", "once", "recommend", "recommends", "recommended", "petition",
    "petitioned", "wish", "wishes", "want", "wants",
];

/// Words that make a sentence conditional wherever they are in it.
pub(super) const CONDITIONAL: &[&str] = &["if", "unless", "until", "whether"];

/// Words between a verb and the rulings that it changes that are not its object.
#[rustfmt::skip]
pub(super) const LIGHT: &[&str] = &[
    "the", "our", "its", "that", "those", "these", "both", "all", "of", "in", "and", "prior", "previous", "earlier",
    "existing", "ruling", "rulings", "letter", "letters", "number", "numbers", "numbered", "no", "nos", "holding",
    "holdings", "decision", "decisions", "classification", "determination", "binding", "tariff", "portion", "part",
    "parts", "conclusion", "conclusions", "reasoning", "analysis", "said", "above", "referenced", "headquarters",
    "new", "york", "customs", "cbp", "a", "set", "forth", "contained", "following", "two", "three", "four", "with",
    "respect", "to", "identified", "aforementioned", "subject", "as", "district", "port", "origin", "country",
    "marking", "value", "valuation", "ny", "hq", "hrl", "nyrl",
];

/// Words after which no object of the verb follows.
#[rustfmt::skip]
pub(super) const STOP: &[&str] = &[
    "by", "because", "since", "which", "accordance", "pursuant", "consistent", "under", "based", "reflect",
    "treatment", "from", "per", "see", "cf", "through", "than", "heading", "headings", "subheading", "subheadings",
    "note", "proclamation", "regulation", "regulations", "section", "protest", "on", "after", "before", "when",
    "where", "while", "are", "is", "was", "were", "shall", "will", "citing", "discussed", "explained", "like",
    "unlike",
];

/// Words that begin what is said about a ruling between it and its verb: `, which classified …, is`.
#[rustfmt::skip]
pub(super) const ABOUT: &[&str] = &[
    "dated", "issued", "concerning", "regarding", "classifying", "covering", "addressed", "which", "wherein",
    "where", "in", "holding", "to", "a", "an", "the", "involving", "pertaining", "with", "on", "of", "that", "from",
    "published", "for", "as",
];

/// What begins the part of a letter that says what it does to others.
#[rustfmt::skip]
pub(super) const SECTIONS: &[&str] = &[
    "effect on other", "effect on prior", "effect on previous", "effect of ruling", "effect on existing", "holding",
];

/// What of a ruling a change may be said of: `the classification of the lamp in NY N1 is modified`.
#[rustfmt::skip]
pub(super) const HOLDING: &[&str] = &[
    "holding", "holdings", "conclusion", "conclusions", "classification", "decision", "decisions", "determination",
    "ruling", "rulings", "position", "portion",
];

/// Words that mean the rulings of the sentence before: `That ruling is revoked.`
#[rustfmt::skip]
pub(super) const POINTERS: &[&str] = &[
    "that", "those", "both", "said", "these", "two", "aforementioned",
];
