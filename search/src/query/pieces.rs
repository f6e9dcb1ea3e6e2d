//! Splits what a reader typed into words, phrases, fields, brackets and signs between them. Every input has pieces.

/// A piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) token: Token,
    /// `-` or `NOT` is before it.
    pub(super) not: bool,
    /// `OR` is before it.
    pub(super) or: bool,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Up to the next blank.
    Word(String),
    /// Between quotation marks, and the number after `~`.
    Quoted(String, u32),
    /// `word*`, without the star.
    Prefix(String),
    /// A field of the list, lower case, and its value.
    Field(String, Box<Token>),
    /// A name before a colon that is no field's, and the value.
    Unknown(String, String),
    /// Between brackets.
    Group(Vec<Piece>),
}

/// The deepest brackets that are read as such.
const MAX_DEPTH: usize = 8;

/// The most places that words of a phrase may be moved.
const MAX_SLOP: u32 = 50;

const QUOTES: [char; 3] = ['"', '“', '”'];

/// Splits a text; `fields` are the names that a colon may follow.
pub(super) fn pieces(input: &str, fields: &dyn Fn(&str) -> bool) -> Vec<Piece> {
    let mut reader = Reader {
        rest: input,
        fields,
        depth: 0,
    };
    let mut pieces = Vec::new();
    // A bracket that nothing opened is read over.
    loop {
        pieces.append(&mut reader.group());
        if reader.rest.is_empty() {
            return pieces;
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
    fields: &'a dyn Fn(&str) -> bool,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// Reads up to the bracket that ends a group, and over it.
    fn group(&mut self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let (mut not, mut or) = (false, false);
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() {
                return pieces;
            }
            if let Some(after) = self.rest.strip_prefix(')') {
                self.rest = after;
                return pieces;
            }
            if let Some(after) = self.keyword("OR").or_else(|| self.keyword("|")) {
                or = !pieces.is_empty();
                self.rest = after;
                continue;
            }
            if let Some(after) = self.keyword("AND").or_else(|| self.keyword("&&")) {
                self.rest = after;
                continue;
            }
            if let Some(after) = self.keyword("NOT") {
                not = true;
                self.rest = after;
                continue;
            }
            let after = self.rest.strip_prefix('-');
            if let Some(after) = after.filter(|after| {
                after.starts_with(|c: char| c.is_alphanumeric() || QUOTES.contains(&c) || c == '(')
            }) {
                not = true;
                self.rest = after;
            }
            let after_number = matches!(pieces.last(), Some(Piece { token: Token::Word(word), .. })
                if word.contains(|c: char| c.is_ascii_digit()));
            let paragraph = if after_number { self.paragraph() } else { None };
            let token = paragraph.map(Token::Word).or_else(|| self.token());
            pieces.extend(token.map(|token| Piece { token, not, or }));
            (not, or) = (false, false);
        }
    }

    /// What follows a word in capitals that joins others.
    fn keyword(&self, word: &str) -> Option<&'a str> {
        let after = self.rest.strip_prefix(word)?;
        let is_word =
            after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || c == '(');
        // At the very end it is a word that somebody looks for, or is still typing.
        (is_word && !after.trim().is_empty()).then_some(after)
    }

    /// The paragraph of a section that is cited: `19 CFR 177.9 (b) (1)`. It is read over where it is one.
    fn paragraph(&mut self) -> Option<String> {
        let end = self
            .rest
            .find(char::is_whitespace)
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        let inner = word.strip_prefix('(')?.trim_end_matches(')');
        let is_one = (1..=4).contains(&inner.len())
            && inner.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_one || word.len() != inner.len() + 2 {
            return None;
        }
        self.rest = rest;
        Some(word.to_owned())
    }

    fn token(&mut self) -> Option<Token> {
        if let Some(after) = self.rest.strip_prefix('(')
            && self.depth < MAX_DEPTH
        {
            self.rest = after;
            self.depth += 1;
            let group = self.group();
            self.depth -= 1;
            return (!group.is_empty()).then_some(Token::Group(group));
        }
        if let Some(quoted) = self.quoted() {
            return quoted;
        }
        if let Some((name, after)) = self.field() {
            let name = name.to_ascii_lowercase();
            if (self.fields)(&name) {
                self.rest = after;
                let value = match self.quoted() {
                    Some(value) => value?,
                    None => Token::Word(self.word(true)),
                };
                return Some(Token::Field(name, Box::new(value)));
            }
            if after.starts_with(|c: char| c.is_alphanumeric() || QUOTES.contains(&c)) {
                self.rest = after;
                let value = match self.quoted() {
                    Some(Some(Token::Quoted(text, _))) => text,
                    Some(_) => return None,
                    None => self.word(false),
                };
                return Some(Token::Unknown(name, value));
            }
        }
        let word = self.word(false);
        match word.strip_suffix('*') {
            Some(prefix) if !prefix.is_empty() => Some(Token::Prefix(prefix.to_owned())),
            _ => (!word.is_empty()).then_some(Token::Word(word)),
        }
    }

    /// The name before a colon, and what is after it. An address has a colon, too.
    fn field(&self) -> Option<(&'a str, &'a str)> {
        let end = self
            .rest
            .find(|c: char| !c.is_ascii_alphabetic() && c != '_' && c != '-')?;
        let (name, after) = self.rest.split_at(end);
        let after = after.strip_prefix(':')?;
        (!name.is_empty() && !after.starts_with("//")).then_some((name, after))
    }

    /// A phrase; `Some(None)` where there is nothing between the marks. A mark that is not closed ends with the input.
    fn quoted(&mut self) -> Option<Option<Token>> {
        let after = self.rest.strip_prefix(QUOTES)?;
        let end = after.find(QUOTES).unwrap_or(after.len());
        let text = &after[..end];
        let mut rest = &after[end..];
        rest = rest.strip_prefix(QUOTES).unwrap_or(rest);
        let mut slop = 0;
        if let Some(after) = rest.strip_prefix('~') {
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            slop = after[..digits].parse().unwrap_or(0).min(MAX_SLOP);
            rest = &after[digits..];
        }
        self.rest = rest;
        let is_text = !text.trim().is_empty();
        Some(is_text.then(|| Token::Quoted(text.to_owned(), slop)))
    }

    /// Up to the next blank. A bracket that the word did not open ends it where a group is open.
    fn word(&mut self, is_value: bool) -> String {
        let mut open = 0_usize;
        let end = self.rest.char_indices().find(|(_, c)| match c {
            '(' => {
                open += 1;
                false
            }
            ')' if open > 0 => {
                open -= 1;
                false
            }
            ')' => self.depth > 0 || is_value,
            c => c.is_whitespace(),
        });
        let end = end.map_or(self.rest.len(), |(at, _)| at);
        // A sign that is no word must not be read again for ever.
        let end = if end == 0 {
            self.rest.chars().next().map_or(0, char::len_utf8)
        } else {
            end
        };
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word.to_owned()
    }
}
