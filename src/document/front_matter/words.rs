//! Words of closed lists in front matter: what a ruling decides, what a decision and a publication can be.

use crate::schema::{Choice, FromText, Shape, SplitWord, Wrong};
use portolan_customs::{AGREEMENTS, CATEGORIES, DECISION_TYPES, PUBLICATION_TYPES};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

const SPLIT_DECISION_TYPES: &[SplitWord] = &[SplitWord {
    old: "petition",
    new: ["petition-for-relief", "domestic-party-petition"],
    help: "write `petition-for-relief` for a request to remit or mitigate a seizure, a penalty or liquidated damages (19 \
           U.S.C. 1618), `domestic-party-petition` where a domestic interested party contests the treatment of imports \
           (19 U.S.C. 1516)",
}];

/// Whether a word is a type of decisions, or was one.
pub(crate) fn is_decision_type(word: &str) -> bool {
    let mut split = SPLIT_DECISION_TYPES.iter();
    DECISION_TYPES.contains(&word) || split.any(|split| split.old == word)
}

/// Makes a type that holds a word of a list and nothing else.
macro_rules! word_of {
    ($(#[$meta:meta])* $type:ident, $words:expr, $split:expr) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $type(&'static str);

        impl $type {
            /// The word.
            #[must_use]
            pub fn name(self) -> &'static str {
                self.0
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.0)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <&str>::deserialize(from)?;
                let word = $words.iter().find(|word| **word == text);
                word.map(|word| Self(word))
                    .ok_or_else(|| D::Error::custom("not a word of the list"))
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.0)
            }
        }

        impl PartialEq<str> for $type {
            fn eq(&self, word: &str) -> bool {
                self.0 == word
            }
        }

        impl PartialEq<&str> for $type {
            fn eq(&self, word: &&str) -> bool {
                self.0 == *word
            }
        }

        impl FromText for $type {
            fn shape() -> Shape {
                Shape::Choice(Choice {
                    words: $words.iter().map(|word| Cow::Borrowed(*word)).collect(),
                    split: $split,
                })
            }

            fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
                Choice::one_of(&$words, $split, key, text).map(Self)
            }

            fn to_text(&self) -> String {
                self.0.to_owned()
            }
        }
    };
}

word_of! {
    /// What a ruling decides.
    Category, CATEGORIES, &[]
}

word_of! {
    /// A trade agreement.
    Agreement, AGREEMENTS, &[]
}

word_of! {
    /// What a decision is.
    DecisionType, DECISION_TYPES, SPLIT_DECISION_TYPES
}

word_of! {
    /// What a publication is.
    PublicationType, PUBLICATION_TYPES, &[]
}
