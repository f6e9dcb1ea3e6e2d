//! What a text that is being typed may become.

use super::Engine;
use super::error::{Part, part};
use crate::document::Card;
use crate::plan::{Field, Leaf, Term};
use crate::query::query_words;
use crate::results::{Completion, CompletionKind};
use crate::vocabulary;
use crate::words::words;
use portolan_customs::HtsNumber;

/// Numbers that are looked up: each costs a card.
const MAX_NUMBERS: usize = 5;

/// The shortest beginning of a Center's name that is completed.
const MIN_NAME: usize = 3;

impl Engine {
    pub(super) fn completions(&self, text: &str, limit: usize) -> Part<Vec<Completion>> {
        let is_typing = text.ends_with(|c: char| c.is_alphanumeric());
        let found = words(text);
        // A compound is typed as one word.
        let last = found.iter().find(|word| word.span.end == text.len());
        let Some(last) = last.filter(|_| is_typing) else {
            return Ok(Some(Vec::new()));
        };
        let before = &text[..last.span.start];
        let count = limit.max(MAX_NUMBERS);
        let forms = vocabulary::beginning(&last.form, count, &self.hot, &self.chunks);
        let Some(forms) = part(forms)? else {
            return Ok(None);
        };
        let has_digit = |form: &str| form.bytes().any(|byte| byte.is_ascii_digit());
        let (numbers, others): (Vec<String>, Vec<String>) =
            forms.into_iter().partition(|form| has_digit(form));
        let mut completions = Vec::new();
        let mut is_missing = false;
        for number in numbers.iter().take(MAX_NUMBERS) {
            match self.numbered(number)? {
                Some(completion) => completions.extend(completion),
                None => is_missing = true,
            }
        }
        if before.trim().is_empty() && last.form.len() >= MIN_NAME && !has_digit(&last.form) {
            match self.centers(&last.form)? {
                Some(centers) => completions.extend(centers),
                None => is_missing = true,
            }
        }
        if is_missing {
            return Ok(None);
        }
        completions.extend(others.into_iter().map(|form| Completion {
            kind: CompletionKind::Word,
            text: format!("{before}{form}"),
            detail: String::new(),
            href: None,
        }));
        completions.truncate(limit);
        Ok(Some(completions))
    }

    /// What a number is of: a document that has it, or the heading that a tariff number is below.
    fn numbered(&self, number: &str) -> Part<Option<Completion>> {
        let cards = self.cards_with(Field::Number, number)?;
        let Some(cards) = cards else { return Ok(None) };
        if let Some(card) = cards.into_iter().next() {
            let kind = if card.kind == "heading" {
                CompletionKind::Heading
            } else {
                CompletionKind::Number
            };
            return Ok(Some(Some(self.completion(kind, card.number.clone(), card))));
        }
        let tariff = number
            .parse::<HtsNumber>()
            .ok()
            .filter(|_| number.contains('.'));
        let Some(tariff) = tariff else {
            return Ok(Some(None));
        };
        let heading = self.cards_with(Field::Number, tariff.heading().unwrap_or_default())?;
        Ok(heading.map(|cards| {
            let card = cards.into_iter().next()?;
            Some(self.completion(CompletionKind::Heading, tariff.to_string(), card))
        }))
    }

    /// The Centers of whose names a word begins so.
    fn centers(&self, beginning: &str) -> Part<Vec<Completion>> {
        let mut completions = Vec::new();
        let mut is_missing = false;
        for center in &self.hot.centers {
            let name = query_words(&center.name);
            if !name.iter().any(|word| word.form.starts_with(beginning)) {
                continue;
            }
            let Some(cards) = self.cards_of(center.page.into_iter())? else {
                is_missing = true;
                continue;
            };
            completions.push(Completion {
                kind: CompletionKind::Center,
                text: center.name.clone(),
                detail: cards
                    .iter()
                    .flat_map(|card| &card.details)
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(", "),
                href: cards.into_iter().next().map(|card| card.url),
            });
        }
        Ok((!is_missing).then_some(completions))
    }

    /// What a ruling's number or a heading is completed to.
    fn completion(&self, kind: CompletionKind, text: String, card: Card) -> Completion {
        let names = card.centers.iter().map(|slug| {
            let center = self.hot.centers.iter().find(|center| center.slug == *slug);
            center.map_or(slug.as_str(), |center| center.name.as_str())
        });
        let detail = match kind {
            // A heading's Center is named after what it is.
            CompletionKind::Heading if !card.centers.is_empty() => {
                format!("{} ({})", card.title, names.collect::<Vec<_>>().join("; "))
            }
            _ => card.title,
        };
        Completion {
            kind,
            text,
            detail,
            href: Some(card.url),
        }
    }

    /// The cards of the first documents with a term.
    fn cards_with(&self, field: Field, text: &str) -> Part<Vec<Card>> {
        let term = Term {
            field,
            text: text.to_owned(),
            weight: 0.0,
        };
        let Some(found) = part(self.leaf(Leaf::Term(&term)))? else {
            return Ok(None);
        };
        self.cards_of(found.iter().take(1).map(|hit| hit.document))
    }
}
