//! The tokens of a theme: the colors, fonts and sizes that its rules use, so that a portal gets another look without a
//! line of CSS.
//!
//! A value is read into a type that holds nothing else, and written from it: no text of a setting reaches a style sheet.

use super::contrast;
use crate::config::CONFIG_FILE;
use crate::diagnostic::{Code, Diagnostic, suggestion};
use crate::schema::Located;
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::ops::Range;

/// What a token takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Color,
    Fonts,
    Length,
}

/// Every token, in the order of the style sheet.
const TOKENS: &[(&str, Form)] = &[
    ("primary", Form::Color),
    ("primary-dark", Form::Color),
    ("on-primary", Form::Color),
    ("band", Form::Color),
    ("on-band", Form::Color),
    ("accent", Form::Color),
    ("ink", Form::Color),
    ("quiet", Form::Color),
    ("paper", Form::Color),
    ("surface", Form::Color),
    ("tint", Form::Color),
    ("line", Form::Color),
    ("link", Form::Color),
    ("visited", Form::Color),
    ("focus", Form::Color),
    ("mark", Form::Color),
    ("on-mark", Form::Color),
    ("in-force", Form::Color),
    ("modified", Form::Color),
    ("superseded", Form::Color),
    ("revoked", Form::Color),
    ("font", Form::Fonts),
    ("font-heading", Form::Fonts),
    ("font-code", Form::Fonts),
    ("radius", Form::Length),
    ("measure", Form::Length),
];

/// Families that CSS knows by a word; every other one is quoted.
const GENERIC: &[&str] = &[
    "serif",
    "sans-serif",
    "monospace",
    "cursive",
    "system-ui",
    "ui-serif",
    "ui-sans-serif",
    "ui-monospace",
    "ui-rounded",
];

impl Form {
    fn read(self, text: &str) -> Option<Value> {
        match self {
            Self::Color => color(text).map(Value::Color),
            Self::Fonts => fonts(text).map(Value::Fonts),
            Self::Length => length(text),
        }
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Color => ("a color", "write it as \"#005ea2\""),
            Self::Fonts => (
                "a list of font families",
                "write it as \"Georgia, serif\": letters, digits, blanks and hyphens, with commas between families",
            ),
            Self::Length => (
                "a length",
                "write it as \"0.25rem\": a number with rem, em, px or ch",
            ),
        }
    }
}

/// A value that was read.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    Color([u8; 3]),
    Fonts(Vec<String>),
    /// A number in thousandths, and its unit.
    Length(u32, &'static str),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Color([red, green, blue]) => write!(f, "#{red:02x}{green:02x}{blue:02x}"),
            Self::Fonts(families) => {
                for (at, family) in families.iter().enumerate() {
                    let comma = if at > 0 { ", " } else { "" };
                    if GENERIC.contains(&family.as_str()) {
                        write!(f, "{comma}{family}")?;
                    } else {
                        write!(f, "{comma}\"{family}\"")?;
                    }
                }
                Ok(())
            }
            Self::Length(thousandths, unit) => {
                let number = f64::from(*thousandths) / 1000.0;
                write!(f, "{number}{unit}")
            }
        }
    }
}

/// A color as `#rrggbb`.
fn color(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let number = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some([red, green, blue])
}

fn fonts(text: &str) -> Option<Vec<String>> {
    let families: Vec<String> = text.split(',').map(|name| name.trim().to_owned()).collect();
    let is_name = |name: &String| {
        (1..=60).contains(&name.len())
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == ' ' || c == '-')
    };
    (families.len() <= 12 && families.iter().all(is_name)).then_some(families)
}

fn length(text: &str) -> Option<Value> {
    let at = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = text.split_at(at);
    let unit = ["rem", "em", "px", "ch"]
        .into_iter()
        .find(|known| *known == unit)?;
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let is_short = |digits: &str, most: usize| (1..=most).contains(&digits.len());
    if !is_short(whole, 4) || !is_short(part, 3) || part.contains('.') {
        return None;
    }
    let thousandths =
        whole.parse::<u32>().ok()? * 1000 + format!("{part:0<3}").parse::<u32>().ok()?;
    Some(Value::Length(thousandths, unit))
}

/// Which screens a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scheme {
    /// Every screen, unless it is dark and the other scheme has the token too.
    Light,
    /// Screens whose reader asks for dark pages.
    Dark,
}

/// A token with the place of its value.
#[derive(Debug, Clone)]
struct Token {
    value: Value,
    file: Utf8PathBuf,
    span: Range<usize>,
}

/// The tokens of a theme and of the settings, the later over the earlier.
#[derive(Debug, Default)]
pub(super) struct Tokens(BTreeMap<(Scheme, &'static str), Token>);

impl Tokens {
    /// Puts a value in place of the one that there was; what is wrong with it comes back.
    pub(super) fn set(
        &mut self,
        scheme: Scheme,
        name: &Located<String>,
        text: &Located<String>,
        file: &Utf8Path,
    ) -> Result<(), Box<Diagnostic>> {
        let report = |span: Range<usize>, what: String, help: String| {
            Box::new(
                Diagnostic::error(Code::InvalidTheme, file, what)
                    .at(span)
                    .help(help),
            )
        };
        let names = TOKENS.iter().map(|(name, _)| *name);
        let known = TOKENS.iter().find(|(known, _)| *known == name.as_str());
        let Some((known, form)) =
            known.filter(|(_, form)| scheme == Scheme::Light || *form == Form::Color)
        else {
            let help = if known.is_some() {
                "dark screens have colors of their own only: write it below `[tokens]`".to_owned()
            } else {
                suggestion(name, names.clone(), || {
                    format!("the tokens are: {}", names.collect::<Vec<_>>().join(", "))
                })
            };
            return Err(report(
                name.span.clone(),
                format!("there is no token `{}`", name.value),
                help,
            ));
        };
        let Some(value) = form.read(text.trim()) else {
            let (what, help) = form.words();
            let what = format!("`{known}` takes {what}, found `{}`", text.value);
            return Err(report(text.span.clone(), what, help.to_owned()));
        };
        let token = Token {
            value,
            file: file.to_owned(),
            span: text.span.clone(),
        };
        self.0.insert((scheme, known), token);
        Ok(())
    }

    /// The style sheet that defines them as custom properties, in the layer below all rules (`static/style.css`).
    pub(super) fn style_sheet(&self) -> String {
        let mut css =
            "/* From theme.toml and site.toml. */\n@layer tokens {\n  :root {\n".to_owned();
        self.write(Scheme::Light, "    ", &mut css);
        css.push_str("  }\n");
        if self.0.keys().any(|(scheme, _)| *scheme == Scheme::Dark) {
            css.push_str("  @media (prefers-color-scheme: dark) {\n    :root {\n");
            self.write(Scheme::Dark, "      ", &mut css);
            css.push_str("    }\n  }\n");
        }
        css.push_str("}\n");
        css
    }

    fn write(&self, scheme: Scheme, indentation: &str, css: &mut String) {
        for (name, _) in TOKENS {
            if let Some(token) = self.0.get(&(scheme, *name)) {
                writeln!(css, "{indentation}--{name}: {};", token.value)
                    .expect("a text takes every text");
            }
        }
    }

    /// Warns of text that is hard to read on what is behind it, on light screens and on dark ones. Of several grounds the
    /// worst is named.
    pub(super) fn hard_to_read(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for scheme in [Scheme::Light, Scheme::Dark] {
            for (text, grounds) in contrast::PAIRS {
                let pairs = grounds
                    .iter()
                    .filter_map(|back| self.pair(scheme, text, back));
                let worst = pairs.min_by(|one, other| one.ratio.total_cmp(&other.ratio));
                found.extend(
                    worst
                        .filter(|pair| pair.ratio < contrast::LEAST)
                        .map(|pair| pair.warning(scheme)),
                );
            }
        }
        found
    }

    /// The colors of a pair on screens of a scheme; `None` for a pair of which dark pages have neither, which was looked
    /// at with the light ones.
    fn pair(&self, scheme: Scheme, text: &'static str, back: &'static str) -> Option<Pair<'_>> {
        let token = |name| {
            let own = self.0.get(&(scheme, name)).map(|token| (true, token));
            own.or_else(|| {
                self.0
                    .get(&(Scheme::Light, name))
                    .map(|token| (false, token))
            })
        };
        let ((text_is_own, text_token), (back_is_own, back_token)) = (token(text)?, token(back)?);
        let (Value::Color(front), Value::Color(behind)) = (&text_token.value, &back_token.value)
        else {
            return None;
        };
        (text_is_own || back_is_own).then_some(Pair {
            text: (text, text_token),
            back: (back, back_token),
            ratio: contrast::ratio(*front, *behind),
        })
    }
}

/// Text and what is behind it.
struct Pair<'a> {
    text: (&'static str, &'a Token),
    back: (&'static str, &'a Token),
    ratio: f64,
}

impl Pair<'_> {
    fn warning(&self, scheme: Scheme) -> Diagnostic {
        let ((text, text_token), (back, back_token)) = (self.text, self.back);
        // The settings' own value is the one that somebody just wrote.
        let is_back = text_token.file != CONFIG_FILE && back_token.file == CONFIG_FILE;
        let at = if is_back { back_token } else { text_token };
        let screens = match scheme {
            Scheme::Light => "",
            Scheme::Dark => " on dark screens",
        };
        let what = format!(
            "text of `{text}` on `{back}` is hard to read{screens}: the contrast is {:.1} to 1",
            self.ratio
        );
        Diagnostic::warning(Code::LowContrast, at.file.clone(), what)
            .at(at.span.clone())
            .note(format!(
                "`{text}` is {}, `{back}` is {}",
                text_token.value, back_token.value
            ))
            .help("take a darker or a lighter color; WCAG 2.2 asks for 4.5 to 1")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn set(
        tokens: &mut Tokens,
        scheme: Scheme,
        name: &str,
        text: &str,
    ) -> Result<(), Box<Diagnostic>> {
        let located = |text: &str| Located::absent(text.to_owned());
        let file = Utf8Path::new("site.toml");
        tokens.set(scheme, &located(name), &located(text), file)
    }

    #[test]
    fn values_are_written_in_their_normal_form() {
        let mut tokens = Tokens::default();
        for (name, text) in [
            ("primary", "#00AAff"),
            ("font", "Georgia , Public Sans,serif"),
            ("radius", "0.250rem"),
        ] {
            set(&mut tokens, Scheme::Light, name, text).expect("it is sound");
        }
        set(&mut tokens, Scheme::Dark, "primary", "#ffffff").expect("it is sound");
        let css = tokens.style_sheet();
        assert!(css.contains("--primary: #00aaff;\n    --font: \"Georgia\", \"Public Sans\", serif;\n    --radius: 0.25rem;"), "{css}");
        assert!(
            css.ends_with("    :root {\n      --primary: #ffffff;\n    }\n  }\n}\n"),
            "{css}"
        );
    }

    #[test]
    fn what_is_no_token_or_no_value_is_named() {
        let mut tokens = Tokens::default();
        let problem =
            set(&mut tokens, Scheme::Light, "primry", "#000000").expect_err("it is misspelled");
        assert_eq!(problem.help.as_deref(), Some("did you mean `primary`?"));
        for (name, text) in [
            ("primary", "red"),
            ("primary", "#fff"),
            ("primary", "#12345é"),
            ("font", "a\";}"),
            ("font", ""),
            ("font", "a,,b"),
            ("radius", "1"),
            ("radius", "1e9rem"),
            ("radius", ".5rem"),
            ("radius", "1.2.3rem"),
            ("radius", "99999px"),
            ("measure", "-1rem"),
        ] {
            assert!(
                set(&mut tokens, Scheme::Light, name, text).is_err(),
                "{name} {text}"
            );
        }
        assert!(set(&mut tokens, Scheme::Dark, "font", "Georgia").is_err());
    }

    #[test]
    fn the_documentation_has_every_token() {
        let documentation = include_str!("../../docs/themes.md");
        for (name, _) in TOKENS {
            assert!(documentation.contains(&format!("`{name}`")), "{name}");
        }
    }

    proptest! {
        #[test]
        fn no_value_leaves_its_declaration(name in prop::sample::select(TOKENS.iter().map(|(name, _)| *name).collect::<Vec<_>>()), text in "\\PC*|[#a-z0-9 ,.;:{}()\"'\\\\/*-]{0,24}") {
            let mut tokens = Tokens::default();
            if set(&mut tokens, Scheme::Light, name, &text).is_ok() {
                let css = tokens.style_sheet();
                prop_assert_eq!(css.matches(['{', '}']).count(), 4, "the rule and its layer");
                prop_assert_eq!(css.matches(';').count(), 1);
                let value = css.split_once(": ").expect("one token is set").1;
                prop_assert!(!value.contains(['(', '\\', '\'', '@']) && !value.contains("*/"));
            }
        }
    }
}
