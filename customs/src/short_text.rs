//! Texts of a few ASCII characters that need no memory of their own: a portal has millions of numbers.

use std::fmt;
use std::ops::Deref;

/// At most `N` ASCII characters, none of them NUL.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ShortText<const N: usize>(
    // The rest is NUL, so that texts are in the order of their characters.
    [u8; N],
);

impl<const N: usize> ShortText<N> {
    /// Takes a text that is short enough.
    pub(crate) fn new(text: &str) -> Option<Self> {
        if !text.is_ascii() || text.contains('\0') {
            return None;
        }
        let mut bytes = [0; N];
        bytes
            .get_mut(..text.len())?
            .copy_from_slice(text.as_bytes());
        Some(Self(bytes))
    }
}

impl<const N: usize> Deref for ShortText<N> {
    type Target = str;

    fn deref(&self) -> &str {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(N);
        std::str::from_utf8(&self.0[..end]).unwrap_or_default()
    }
}

impl<const N: usize> fmt::Debug for ShortText<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

#[cfg(feature = "rules")]
impl<const N: usize> serde::Serialize for ShortText<N> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self)
    }
}

#[cfg(feature = "rules")]
impl<'de, const N: usize> serde::Deserialize<'de> for ShortText<N> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <&str>::deserialize(from)?;
        Self::new(text).ok_or_else(|| serde::de::Error::custom("not a short text"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_short_text_is_what_it_was_made_of_and_sorts_like_it(a in "[ -~]{0,7}", b in "[ -~]{0,7}") {
            let short = |text: &str| ShortText::<7>::new(text).expect("it is short");
            prop_assert_eq!(&*short(&a), a.as_str());
            prop_assert_eq!(short(&a).cmp(&short(&b)), a.cmp(&b));
        }

        #[test]
        fn no_other_text_is_one(text in "\\PC{8,12}|é|\0") {
            prop_assert_eq!(ShortText::<7>::new(&text), None);
        }
    }
}
