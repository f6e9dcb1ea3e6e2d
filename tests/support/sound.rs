//! The small sound portal that mistakes, examples and fuzzed files are laid over.

/// Its files: path and text.
pub(crate) const SOUND: &[(&str, &str)] = &[
    ("site.toml", "title = \"Sample\"\n"),
    (
        "content/electronics/index.md",
        "---\nname: Electronics\nkind: industry\n---\n",
    ),
    (
        "content/electronics/rulings/n301234.md",
        "---\nnumber: NY N301234\ntitle: A tracker\ndate: 2018-11-05\n---\n## Holding\n\nText.\n",
    ),
];
