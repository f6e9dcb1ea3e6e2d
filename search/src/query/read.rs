//! From pieces to clauses.

use super::dates::{days, range};
use super::number_forms::number_forms;
use super::numbers::{self, Number};
use super::pieces::{Piece, Token};
use super::small_words::{is_frame, is_small};
use super::{
    Clause, Filter, KeyValue, MAX_CLAUSES, Phrase, QueryWord, Wants, column, compounds,
    phrase_terms,
};
use crate::results::{Note, NoteKind};
use crate::words::{Word, folded, words};
use std::ops::RangeInclusive;

/// Reads pieces, and notes what it leaves out.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) ignored: Vec<String>,
    pub(super) notes: Vec<Note>,
    pub(super) is_full: bool,
    count: usize,
}

impl Reader {
    /// The clauses of pieces that follow one another.
    pub(super) fn clauses(&mut self, pieces: &[Piece]) -> Vec<Clause> {
        let mut clauses: Vec<Clause> = Vec::new();
        let mut at = 0;
        while at < pieces.len() {
            let piece = &pieces[at];
            // Words beside one another are one text: a number may take several of them.
            let run = pieces[at..]
                .iter()
                .take_while(|piece| is_plain(piece))
                .count();
            // The last of them may be the first of alternatives.
            let joins_next = pieces.get(at + run).is_some_and(|next| next.or);
            let run = if joins_next {
                run.saturating_sub(1)
            } else {
                run
            };
            if run > 0 {
                clauses.extend(self.text(&pieces[at..at + run]));
                at += run;
                continue;
            }
            let mut read = self.piece(piece);
            if piece.or && !read.is_empty() {
                let first = read.remove(0);
                join(&mut clauses, first);
            }
            clauses.extend(read);
            at += 1;
        }
        clauses
    }

    fn piece(&mut self, piece: &Piece) -> Vec<Clause> {
        let (text, wants) = match &piece.token {
            Token::Word(word) => {
                let clauses = self.running_text(&[word.as_str()]);
                let clauses = clauses.into_iter().map(|clause| Clause {
                    not: piece.not,
                    ..clause
                });
                return clauses.collect();
            }
            Token::Quoted(text, slop) => (text.clone(), phrase(text, *slop, false)),
            Token::Prefix(text) => {
                let form = words(text).pop().map(|word| word.form);
                (format!("{text}*"), form.map(Wants::Prefix))
            }
            Token::Field(name, value) => {
                let (value, slop, is_quoted) = match &**value {
                    Token::Quoted(text, slop) => (text, *slop, true),
                    Token::Word(text) => (text, 0, false),
                    _ => return Vec::new(),
                };
                (
                    format!("{name}:{value}"),
                    self.field(name, value, slop, is_quoted),
                )
            }
            Token::Unknown(name, value) => {
                self.notes.push(Note {
                    kind: NoteKind::UnknownField,
                    text: name.clone(),
                });
                let clauses = self.running_text(&[name.as_str(), value.as_str()]);
                return clauses
                    .into_iter()
                    .map(|clause| Clause {
                        not: piece.not,
                        ..clause
                    })
                    .collect();
            }
            Token::Group(pieces) => {
                let mut inner = self.clauses(pieces);
                if !piece.not && !piece.or && inner.iter().all(|clause| !clause.not) {
                    return inner;
                }
                let wants = match inner.pop() {
                    Some(only) if inner.is_empty() && !only.not => Some(only.wants),
                    Some(last) => {
                        inner.push(last);
                        Some(Wants::All(inner))
                    }
                    None => None,
                };
                (String::new(), wants)
            }
        };
        let Some(wants) = wants.filter(|_| self.takes_one()) else {
            return Vec::new();
        };
        vec![Clause {
            text,
            not: piece.not,
            wants,
        }]
    }

    fn takes_one(&mut self) -> bool {
        self.count += 1;
        self.is_full |= self.count > MAX_CLAUSES;
        self.count <= MAX_CLAUSES
    }

    fn text(&mut self, pieces: &[Piece]) -> Vec<Clause> {
        let texts = pieces.iter().filter_map(|piece| match &piece.token {
            Token::Word(word) => Some(word.as_str()),
            _ => None,
        });
        self.running_text(&texts.collect::<Vec<_>>())
    }

    /// Words and numbers of a text, given by what is between its blanks.
    fn running_text(&mut self, tokens: &[&str]) -> Vec<Clause> {
        let mut found: Vec<(Clause, bool)> = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let (taken, wants) = match numbers::read(&tokens[at..]) {
                Some(reading) => (reading.tokens.max(1), Some(Wants::Number(reading.number))),
                None => (1, None),
            };
            let text = tokens[at..at + taken].join(" ");
            match wants {
                Some(wants) => found.push((
                    Clause {
                        text,
                        not: false,
                        wants,
                    },
                    false,
                )),
                None => {
                    let next = tokens.get(at + 1).map(|next| folded(next));
                    for (word, parts) in compounds(words(&text)) {
                        let small = is_small(&word.form, next.as_deref());
                        let text = text[word.span.clone()].to_owned();
                        found.push((clause(text, word, parts, false), small));
                    }
                }
            }
            at += taken;
        }
        // Around a number, words that only ask what a number's page says are small, too.
        if found
            .iter()
            .any(|(clause, _)| is_document_number(&clause.wants))
        {
            for (clause, small) in &mut found {
                *small |= matches!(&clause.wants, Wants::Word(word) if is_frame(&word.form));
            }
        }
        let is_all_small = found.iter().all(|(_, small)| *small);
        let mut clauses = Vec::new();
        for (clause, small) in found {
            if small && !is_all_small {
                self.ignored.push(clause.text);
            } else if self.takes_one() {
                clauses.push(clause);
            }
        }
        clauses
    }

    /// What a field asks for; where its value has not the form of one, it is noted and searched as words.
    fn field(&mut self, name: &str, value: &str, slop: u32, is_quoted: bool) -> Option<Wants> {
        let value = value.trim();
        if value.is_empty() {
            return None;
        }
        let digits = || {
            value
                .chars()
                .filter(char::is_ascii_digit)
                .collect::<String>()
        };
        let read = match name {
            "title" => return phrase(value, slop, true),
            "text" => return phrase(value, slop, false),
            "number" => {
                let tokens: Vec<&str> = value.split_whitespace().collect();
                let number = numbers::read(&tokens).map(|reading| reading.number);
                let number = number
                    .filter(|number| !matches!(number, Number::Heading(_) | Number::Citation(_)));
                let spellings = number_forms(value);
                number
                    .or_else(|| (!spellings.is_empty()).then_some(Number::Other(spellings)))
                    .map(Wants::Number)
            }
            "hts" | "heading" | "chapter" => {
                let digits = digits();
                (2..=10).contains(&digits.len()).then(|| {
                    // An odd digit is the beginning of the next pair.
                    Wants::Hts(digits[..digits.len() & !1].to_owned())
                })
            }
            "cites" => words(value)
                .into_iter()
                .next()
                .map(|word| Wants::Cites(word.term)),
            "year" | "date" | "before" | "after" => ranges(name, value).map(Wants::Days),
            _ => match column(name) {
                Some(column) => {
                    let values = values(value, is_quoted);
                    Some(Wants::Column(Filter { column, values }))
                }
                None => {
                    let values = values(value, is_quoted).into_iter().map(|value| Clause {
                        text: value.clone(),
                        not: false,
                        wants: Wants::Key(KeyValue {
                            key: name.to_owned(),
                            value,
                        }),
                    });
                    one_of(values.collect())
                }
            },
        };
        if read.is_none() {
            self.notes.push(Note {
                kind: NoteKind::UnknownValue,
                text: format!("{name}:{value}"),
            });
            return phrase(value, slop, false);
        }
        read
    }
}

fn is_plain(piece: &Piece) -> bool {
    matches!(piece.token, Token::Word(_)) && !piece.not && !piece.or
}

/// Whether it names one document, as a heading or a section does not.
fn is_document_number(wants: &Wants) -> bool {
    matches!(
        wants,
        Wants::Number(Number::Ruling(_) | Number::RulingOrHts(..) | Number::Other(_))
    )
}

/// Makes a clause an alternative of the one before it.
fn join(clauses: &mut Vec<Clause>, after: Clause) {
    match clauses.last_mut() {
        Some(last) if last.not == after.not => {
            let text = format!("{} OR {}", last.text, after.text);
            let before = std::mem::replace(&mut last.wants, Wants::All(Vec::new()));
            last.wants = match (before, after.wants) {
                (Wants::Column(mut a), Wants::Column(b)) if a.column == b.column => {
                    a.values.extend(b.values);
                    Wants::Column(a)
                }
                (Wants::Days(mut a), Wants::Days(b)) => {
                    a.extend(b);
                    Wants::Days(a)
                }
                (Wants::Any(mut any), wants) => {
                    any.push(Clause {
                        text: after.text,
                        not: false,
                        wants,
                    });
                    Wants::Any(any)
                }
                (before, wants) => Wants::Any(vec![
                    Clause {
                        text: std::mem::take(&mut last.text),
                        not: false,
                        wants: before,
                    },
                    Clause {
                        text: after.text,
                        not: false,
                        wants,
                    },
                ]),
            };
            last.text = text;
        }
        _ => clauses.push(after),
    }
}

fn one_of(mut clauses: Vec<Clause>) -> Option<Wants> {
    let last = clauses.pop()?;
    if clauses.is_empty() {
        return Some(last.wants);
    }
    clauses.push(last);
    Some(Wants::Any(clauses))
}

/// Values between commas; one in quotation marks may have a comma.
fn values(value: &str, is_quoted: bool) -> Vec<String> {
    let value = value.to_lowercase();
    if is_quoted {
        return vec![value.split_whitespace().collect::<Vec<_>>().join(" ")];
    }
    let values = value
        .split(',')
        .map(str::trim)
        .filter(|value| !value.is_empty());
    values.map(str::to_owned).collect()
}

fn ranges(name: &str, value: &str) -> Option<Vec<RangeInclusive<i32>>> {
    if name == "year" && value == "undated" {
        return Some(vec![i32::MIN..=i32::MIN]);
    }
    let days = |value: &str| -> Option<RangeInclusive<i32>> {
        Some(match name {
            "before" => i32::MIN + 1..=days(value)?.start().saturating_sub(1),
            "after" => days(value)?.end().saturating_add(1)..=i32::MAX,
            _ => range(value)?,
        })
    };
    value.split(',').map(|value| days(value.trim())).collect()
}

fn clause(text: String, word: Word, parts: Vec<String>, in_title: bool) -> Clause {
    let wants = Wants::Word(QueryWord {
        form: word.form,
        term: word.term,
        parts,
        in_title,
        is_typing: false,
    });
    Clause {
        text,
        not: false,
        wants,
    }
}

/// The smallest words in their order: they are what phrases are made of.
fn phrase(text: &str, slop: u32, in_title: bool) -> Option<Wants> {
    let found = words(text);
    let form = found.first().map(|word| word.form.clone())?;
    let mut terms = phrase_terms(found);
    if terms.len() > 1 {
        return Some(Wants::Phrase(Phrase {
            terms,
            slop,
            in_title,
        }));
    }
    let (_, term) = terms.pop()?;
    Some(Wants::Word(QueryWord {
        form,
        term,
        in_title,
        ..QueryWord::default()
    }))
}
