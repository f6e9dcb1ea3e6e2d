//! Words that a question has and no document is about.

/// Articles, prepositions, pronouns, question words. Left out while other words remain, because a title that happens to
/// have one would stand before the documents that are meant. Nouns of the trade that are small words, too (`can`, `must`),
/// are not among them.
const SMALL: &[&str] = &[
    "a", "about", "again", "am", "an", "and", "any", "are", "as", "at", "be", "been", "being",
    "but", "by", "could", "did", "do", "does", "doing", "for", "from", "get", "had", "has", "have",
    "having", "he", "her", "here", "his", "how", "i", "if", "im", "in", "into", "is", "isnt", "it",
    "its", "ive", "me", "might", "mine", "my", "no", "not", "of", "on", "or", "our", "please",
    "shall", "she", "should", "so", "some", "still", "such", "tell", "than", "that", "the",
    "their", "them", "then", "there", "these", "they", "this", "those", "to", "was", "we", "were",
    "what", "whats", "when", "where", "whether", "which", "who", "whom", "why", "with", "would",
    "you", "your", "yours",
];

/// The same where they are next to a pronoun: `can i`, `must we`.
const MODAL: &[&str] = &["can", "may", "must", "will"];

const PRONOUNS: &[&str] = &["be", "he", "i", "it", "one", "she", "they", "we", "you"];

/// Words around a number that ask for what the number has, and for nothing else.
const FRAME: &[&str] = &[
    "binding",
    "by",
    "citation",
    "cited",
    "cites",
    "citing",
    "classification",
    "code",
    "cross",
    "customs",
    "date",
    "decided",
    "decision",
    "document",
    "duty",
    "effect",
    "effective",
    "find",
    "force",
    "good",
    "headquarters",
    "htsus",
    "issued",
    "know",
    "law",
    "letter",
    "look",
    "modified",
    "need",
    "new",
    "number",
    "overturned",
    "read",
    "revoked",
    "rule",
    "ruling",
    "rulings",
    "say",
    "see",
    "show",
    "status",
    "superseded",
    "text",
    "valid",
    "york",
];

/// Whether a folded word is small where `next` follows.
pub(crate) fn is_small(form: &str, next: Option<&str>) -> bool {
    SMALL.contains(&form)
        || (MODAL.contains(&form) && next.is_some_and(|next| PRONOUNS.contains(&next)))
}

/// Whether a folded word only asks about a number next to it.
pub(super) fn is_frame(form: &str) -> bool {
    FRAME.contains(&form)
}
