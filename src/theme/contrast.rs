//! How well text stands out from what is behind it: WCAG 2.2, success criterion 1.4.3.

/// The least contrast of text of usual size.
pub(super) const LEAST: f64 = 4.5;

/// Tokens of text, each with those that are behind it somewhere on a page of the default theme.
pub(super) const PAIRS: &[(&str, &[&str])] = &[
    ("ink", &["paper", "surface", "tint"]),
    ("quiet", &["paper", "surface"]),
    ("link", &["paper", "surface", "tint"]),
    ("visited", &["paper", "tint"]),
    ("primary-dark", &["paper", "surface"]),
    ("on-primary", &["primary", "primary-dark"]),
    ("on-band", &["band"]),
    ("on-mark", &["mark"]),
    ("in-force", &["paper"]),
    ("modified", &["paper"]),
    ("superseded", &["paper"]),
    ("revoked", &["paper"]),
];

/// The contrast of two colors, from 1 to 21.
pub(super) fn ratio(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(color: [u8; 3]) -> f64 {
    let [red, green, blue] = color.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_has_most_and_a_color_on_itself_none() {
        assert!((ratio([0; 3], [255; 3]) - 21.0).abs() < 0.001);
        assert!((ratio([7, 8, 9], [7, 8, 9]) - 1.0).abs() < 0.001);
        assert!((ratio([0x76; 3], [255; 3]) - 4.54).abs() < 0.01);
    }
}
