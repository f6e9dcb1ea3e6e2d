//! Numbers of rulings, with title and status, and of the tariff, with description and Center.

use super::{MAX_PROPOSALS, Proposal, Proposals, has_words, words};
use crate::lsp::answers::Answers;
use crate::lsp::answers::hover::{covered_by, description};
use crate::portal::{DocId, Portal};
use gen_lsp_types::CompletionItemKind as Icon;
use portolan_customs::{HtsNumber, RulingNumber};
use std::ops::Range;

/// The numbers that the end of some words begins.
pub(super) fn in_words(
    answers: &Answers<'_>,
    typed: &str,
    place: Range<usize>,
) -> Option<Proposals> {
    let is_tariff = typed.contains('.');
    let list = if is_tariff {
        tariff(answers.portal()?, typed)
    } else {
        rulings(answers, typed)
    };
    Some(Proposals {
        typed: place,
        list,
        is_filtered: true,
    })
}

/// The rulings whose number or title has what is typed: those whose number begins so first, then the newest.
pub(super) fn rulings(answers: &Answers<'_>, typed: &str) -> Vec<Proposal> {
    let Some(portal) = answers.portal() else {
        return Vec::new();
    };
    let letters: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let letters = letters.to_uppercase();
    let words = words(typed);
    let mut begins = Vec::new();
    let mut has = Vec::new();
    for id in &portal.newest {
        let document = portal.document(*id);
        let Some(number) = document.fields.ruling_number() else {
            continue;
        };
        let cited = number.cited().replace(' ', "");
        if cited.starts_with(&letters) || number.to_string().starts_with(&letters) {
            begins.push(*id);
        } else if has.len() < MAX_PROPOSALS
            && (cited.contains(&letters) || has_words(&document.common.title, &words))
        {
            has.push(*id);
        }
        if begins.len() == MAX_PROPOSALS {
            break;
        }
    }
    let found = begins.into_iter().chain(has).take(MAX_PROPOSALS);
    found.map(|id| ruling(answers, portal, id)).collect()
}

fn ruling(answers: &Answers<'_>, portal: &Portal, id: DocId) -> Proposal {
    let summary = portal.summary(id);
    let number = portal.document(id).fields.ruling_number();
    let number = number.map(RulingNumber::cited).unwrap_or_default();
    let status = answers.status(id);
    let detail = match &status {
        Some(status) => format!("{} ({})", summary.title, status.short),
        None => summary.title.to_owned(),
    };
    Proposal {
        documentation: status.map(|status| status.sentences),
        ..Proposal::new(number, Icon::Reference)
    }
    .detail(detail)
}

/// The tariff numbers that begin with the digits that are typed, or whose description has the words.
pub(super) fn tariff(portal: &Portal, typed: &str) -> Vec<Proposal> {
    let Some(tariff) = &portal.tables.tariff else {
        return Vec::new();
    };
    let is_number = |c: char| c.is_ascii_digit() || c == '.' || c.is_whitespace();
    let found: Vec<HtsNumber> = if typed.trim().is_empty() {
        let mut headings: Vec<HtsNumber> = tariff
            .headings()
            .filter_map(|number| number.heading()?.parse().ok())
            .collect();
        headings.dedup();
        headings
    } else if typed.chars().all(is_number) {
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let below = tariff.below(&digits).iter();
        below
            .map(|line| line.number.clone())
            .take(MAX_PROPOSALS)
            .collect()
    } else {
        let words = words(typed);
        let lines = tariff.lines().iter().map(|line| &line.number);
        let meant = lines.filter(|number| {
            description(portal, number).is_some_and(|text| has_words(&text, &words))
        });
        meant.take(MAX_PROPOSALS).cloned().collect()
    };
    let proposals = found.into_iter().take(MAX_PROPOSALS).map(|number| {
        let words = description(portal, &number).unwrap_or_default();
        let center = covered_by(portal, &number);
        Proposal {
            documentation: center.clone().map(|center| format!("{words}\n\n{center}")),
            ..Proposal::new(number.to_string(), Icon::Value)
        }
        .detail(match center {
            Some(center) => format!("{words} ({center})"),
            None => words,
        })
    });
    proposals.collect()
}
