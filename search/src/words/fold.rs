//! Folding: lower case without accents and joints.

use super::{is_acronym, is_mark};

/// Lower case, with the accents of Latin letters taken off; joints and apostrophes are left out, and the dots of acronyms.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut form = String::new();
    fold(text, &mut form);
    form
}

/// The same into a string that is used again.
pub(crate) fn fold(text: &str, form: &mut String) {
    form.clear();
    fold_letters(text, form);
    if form.contains('.') && is_acronym(form) {
        form.retain(|c| c != '.');
    }
}

fn fold_letters(text: &str, form: &mut String) {
    if text.is_ascii() {
        form.push_str(text);
        form.make_ascii_lowercase();
        if form.bytes().any(|byte| is_left_out(char::from(byte))) {
            form.retain(|c| !is_left_out(c));
        }
        return;
    }
    for c in text.chars().flat_map(char::to_lowercase) {
        match base(c) {
            _ if is_left_out(c) || is_mark(c) => {}
            Some(letters) => form.push_str(letters),
            None => form.push(c),
        }
    }
}

fn is_left_out(c: char) -> bool {
    matches!(c, '\'' | '’' | '-' | '&' | ',')
}

/// The letters that an accented one of Latin-1 and Latin Extended-A is folded to; any other letter stays.
pub(super) fn base(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}
