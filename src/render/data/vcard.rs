//! Electronic business cards: vCard 4.0 (RFC 6350).

/// The longest line in bytes without its end (RFC 6350, section 3.2).
const LINE: usize = 75;

/// A card that grows property by property.
#[derive(Debug)]
pub(crate) struct Card(String);

impl Card {
    /// Begins a card of an organization or one of its offices.
    pub(crate) fn new() -> Self {
        let mut card = Self(String::new());
        card.line("BEGIN:VCARD");
        card.line("VERSION:4.0");
        card.line("KIND:org");
        card
    }

    /// Adds a property with one text. An empty one is left out.
    pub(crate) fn text(&mut self, name: &str, text: &str) {
        self.parts(name, &[text]);
    }

    /// Adds a property whose value has parts, as an organization and its unit. Empty parts are left out.
    pub(crate) fn parts(&mut self, name: &str, parts: &[&str]) {
        let parts = parts.iter().map(|part| escaped(part));
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        if !parts.is_empty() {
            self.line(&format!("{name}:{}", parts.join(";")));
        }
    }

    /// Adds a place as the third and fourth of the seven parts of an address, street and locality (RFC 6350, section
    /// 6.3.1). An empty one is left out.
    pub(crate) fn place(&mut self, street: &str, locality: &str) {
        let (street, locality) = (escaped(street), escaped(locality));
        if !street.is_empty() || !locality.is_empty() {
            self.line(&format!("ADR:;;{street};{locality};;;"));
        }
    }

    /// Adds a property whose value is an address or a date: nothing in it is escaped (RFC 6350, section 4).
    pub(crate) fn address(&mut self, name: &str, address: &str) {
        let address: String = address.chars().filter(|c| !c.is_control()).collect();
        if !address.is_empty() {
            self.line(&format!("{name}:{address}"));
        }
    }

    /// The card.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.line("END:VCARD");
        self.0.into_bytes()
    }

    /// Adds a line; a long one goes on in lines that begin with a blank. No character is divided.
    fn line(&mut self, line: &str) {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(c);
            length += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A text with the marks of vCard escaped and every run of blanks and line ends as one blank.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let plain = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty());
    for (at, word) in plain.enumerate() {
        if at > 0 {
            out.push(' ');
        }
        for c in word.chars() {
            if matches!(c, '\\' | ',' | ';') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn card(name: &str, text: &str) -> String {
        let mut card = Card::new();
        card.text(name, text);
        String::from_utf8(card.finish()).expect("a card is text")
    }

    /// Reads the value of a property back as RFC 6350 says.
    fn read(card: &str, name: &str) -> Option<String> {
        let whole = card.replace("\r\n ", "");
        let line = whole
            .split("\r\n")
            .find_map(|line| line.strip_prefix(&format!("{name}:")))?;
        let mut out = String::new();
        let mut letters = line.chars();
        while let Some(c) = letters.next() {
            out.push(if c == '\\' { letters.next()? } else { c });
        }
        Some(out)
    }

    #[test]
    fn marks_are_escaped_and_parts_stay_apart() {
        let mut card = Card::new();
        card.parts("ORG", &["Customs, and; more", "", "Unit \\ one"]);
        let text = String::from_utf8(card.finish()).expect("a card is text");
        assert!(text.contains("\r\nORG:Customs\\, and\\; more;Unit \\\\ one\r\n"));
    }

    #[test]
    fn an_empty_property_is_left_out() {
        assert_eq!(
            card("NOTE", " \n "),
            "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:org\r\nEND:VCARD\r\n"
        );
    }

    proptest! {
        #[test]
        fn a_text_is_read_back_and_no_line_is_too_long(text in "\\PC{0,200}|[a-z,;\\\\ \r\n😀é]{0,200}") {
            let card = card("NOTE", &text);
            let plain: Vec<&str> = text
                .split(|c: char| c.is_whitespace() || c.is_control())
                .filter(|word| !word.is_empty())
                .collect();
            let read = read(&card, "NOTE").unwrap_or_default();
            prop_assert_eq!(read, plain.join(" "));
            let without_ends = card.replace("\r\n", "");
            prop_assert!(!without_ends.contains(['\r', '\n']));
            prop_assert!(card.split("\r\n").all(|line| line.len() <= LINE));
        }
    }
}
