//! Words of which a key takes one.

use super::Wrong;
use crate::diagnostic::{Code, suggestion};
use crate::schema::field::{Choice, SplitWord};
use std::borrow::Cow;

impl Choice {
    /// The word that a text is.
    pub(crate) fn word(&self, key: &str, text: &str) -> Result<&str, Wrong> {
        let words = self.words.iter().map(Cow::as_ref);
        let word = words.clone().find(|word| *word == text);
        word.ok_or_else(|| no_word(words, self.split, key, text))
    }

    /// The word of a list that a text is.
    pub(crate) fn one_of(
        words: &'static [&'static str],
        split: &[SplitWord],
        key: &str,
        text: &str,
    ) -> Result<&'static str, Wrong> {
        let words = words.iter().copied();
        let word = words.clone().find(|word| *word == text);
        word.ok_or_else(|| no_word(words, split, key, text))
    }
}

pub(crate) fn no_word<'a>(
    words: impl Iterator<Item = &'a str> + Clone,
    split: &[SplitWord],
    key: &str,
    text: &str,
) -> Wrong {
    let mut split = split.iter();
    if let Some(split) = split.find(|split| text.eq_ignore_ascii_case(split.old)) {
        let [first, second] = split.new;
        let message =
            format!("`{key}` no longer has the value `{text}`: it is now `{first}` or `{second}`");
        return Wrong::new(Code::SplitValue, message, split.help);
    }
    let meant = words.clone().find(|word| word.eq_ignore_ascii_case(text));
    let help = suggestion(text, words.clone(), || {
        format!("it is one of: {}", words.collect::<Vec<_>>().join(", "))
    });
    let message = format!("`{key}` has no value `{text}`");
    Wrong::new(Code::InvalidChoice, message, help).fix(meant.map(str::to_owned))
}

/// Makes an enumeration of a few words, each as it is written: a value of a key that takes one of them.
macro_rules! words {
    ($type:ty; $($variant:ident => $word:literal),+ $(,)?) => {
        impl $crate::schema::FromText for $type {
            fn shape() -> $crate::schema::Shape {
                $crate::schema::Shape::choice([$($word),+])
            }

            fn from_text(key: &str, text: &str) -> Result<Self, $crate::schema::Wrong> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::schema::no_word([$($word),+].into_iter(), &[], key, text)),
                }
            }

            fn to_text(&self) -> String {
                self.word().to_owned()
            }
        }

        impl $type {
            /// As a file has it; empty for what no file can say.
            #[allow(unreachable_patterns, reason = "a type may have a variant that no file can say")]
            pub(crate) fn word(&self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                    _ => "",
                }
            }
        }
    };
}
pub(crate) use words;
