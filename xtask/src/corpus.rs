//! A portal of any size, the same on every machine.

use crate::failure::Failure;
use crate::files;
use crate::workspace;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The number of the first document, where it is a ruling.
const FIRST_NUMBER: usize = 100_000;

/// Words of a document's body.
const WORDS: usize = 780;

const CENTERS: [&str; 10] = [
    "agriculture",
    "apparel",
    "automotive",
    "base-metals",
    "chemicals",
    "consumer-products",
    "electronics",
    "machinery",
    "materials",
    "petroleum",
];

const KINDS: [(&str, usize); 3] = [("rulings", 80), ("decisions", 12), ("publications", 8)];

/// SplitMix64: small, and the same everywhere (Steele, Lea, Flood, OOPSLA 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap_or(0)
    }
}

/// Numbers and words of the tariff schedule.
struct Schedule {
    numbers: Vec<String>,
    /// In the order and number in which the schedule has them, so that frequent words stay frequent.
    words: Vec<String>,
}

impl Schedule {
    fn read() -> Result<Self, Failure> {
        let path = workspace::root().join("content/data/hts.csv");
        let text = std::fs::read_to_string(&path).map_err(Failure::file("read", &path))?;
        let mut schedule = Self {
            numbers: Vec::new(),
            words: Vec::new(),
        };
        for line in text.lines().skip(1) {
            let mut fields = line.splitn(3, ',');
            let number = fields.next().unwrap_or_default();
            if number.len() == 13 {
                schedule.numbers.push(number.to_owned());
            }
            let description = fields.nth(1).unwrap_or_default();
            let words = description
                .split(|c: char| !c.is_alphabetic())
                .filter(|word| word.len() > 1);
            schedule.words.extend(words.map(str::to_lowercase));
        }
        Ok(schedule)
    }
}

/// Writes `count` documents as a portal and, where that is asked for, with the same bodies as a Hugo site.
pub(crate) fn write(portal: &Path, hugo: Option<&Path>, count: usize) -> Result<(), Failure> {
    let schedule = Schedule::read()?;
    let mut random = Random(1);
    files::write(
        &portal.join("site.toml"),
        "title = \"Benchmark\"\nbase_url = \"https://portal.example/\"\n",
    )?;
    for center in CENTERS {
        let text = format!("---\nname: {center}\nkind: industry\n---\nGenerated.\n");
        files::write(&portal.join(format!("content/{center}/index.md")), &text)?;
    }
    for at in 0..count {
        let center = CENTERS[random.below(CENTERS.len())];
        let kind = kind(random.below(100));
        let year = 1990 + random.below(36);
        let (month, day) = (1 + random.below(12), 1 + random.below(28));
        let title = title(&schedule, &mut random);
        let number = &schedule.numbers[random.below(schedule.numbers.len())];
        let body = body(&schedule, &mut random);
        let own = match kind {
            "rulings" => format!(
                "number: NY N{:06}\ncategory: [classification]\n",
                FIRST_NUMBER + at
            ),
            "decisions" => "type: court\n".to_owned(),
            _ => "type: guide\n".to_owned(),
        };
        let shared =
            format!("title: {title}\ndate: {year}-{month:02}-{day:02}\nhts: [\"{number}\"]\n");
        files::write(
            &portal.join(format!("content/{center}/{kind}/d{at}.md")),
            &format!("---\n{shared}{own}---\n{body}"),
        )?;
        if let Some(hugo) = hugo {
            files::write(
                &hugo.join(format!("content/{kind}/d{at}.md")),
                &format!("---\n{shared}centers: [{center}]\nyears: [\"{year}\"]\n---\n{body}"),
            )?;
        }
    }
    Ok(())
}

/// A ruling that is edited, in the portal and in the Hugo site: its files, and its pages below the root of the site.
pub(crate) struct Edited {
    pub(crate) portal: (PathBuf, String),
    pub(crate) hugo: (PathBuf, String),
}

/// The ruling that was written last.
pub(crate) fn edited(portal: &Path, hugo: &Path, count: usize) -> Result<Edited, Failure> {
    let found = (0..count).rev().find_map(|at| {
        let name = format!("rulings/d{at}.md");
        let files = CENTERS.map(|center| portal.join("content").join(center).join(&name));
        let file = files.into_iter().find(|file| file.is_file())?;
        Some(Edited {
            portal: (file, format!("rulings/n{}.html", FIRST_NUMBER + at)),
            hugo: (
                hugo.join("content").join(name),
                format!("rulings/d{at}.html"),
            ),
        })
    });
    found.ok_or_else(|| Failure::Missing {
        what: format!("none of {count} documents is a ruling"),
        remedy: "measure more documents".to_owned(),
    })
}

/// Adds a paragraph to a document.
pub(crate) fn edit(document: &Path) -> Result<(), Failure> {
    let mut text = std::fs::read_to_string(document).map_err(Failure::file("read", document))?;
    text.push_str("\nOne more paragraph.\n");
    files::write(document, &text)
}

fn kind(percent: usize) -> &'static str {
    let mut sum = 0;
    for (kind, share) in KINDS {
        sum += share;
        if percent < sum {
            return kind;
        }
    }
    KINDS[0].0
}

fn title(schedule: &Schedule, random: &mut Random) -> String {
    let words: Vec<&str> = (0..7)
        .map(|_| schedule.words[random.below(schedule.words.len())].as_str())
        .collect();
    format!("The tariff classification of {}", words.join(" "))
}

/// Four sections of paragraphs, the shape of a letter.
fn body(schedule: &Schedule, random: &mut Random) -> String {
    let mut body = String::with_capacity(WORDS * 8);
    let mut left = WORDS;
    for heading in ["Facts", "Issue", "Law and analysis", "Holding"] {
        let _ = writeln!(body, "## {heading}\n");
        for _ in 0..3 {
            for _ in 0..(WORDS / 12).min(left) {
                body.push_str(&schedule.words[random.below(schedule.words.len())]);
                body.push(' ');
            }
            left = left.saturating_sub(WORDS / 12);
            let number = &schedule.numbers[random.below(schedule.numbers.len())];
            let _ = writeln!(body, "in subheading {number}, HTSUS.\n");
        }
    }
    body
}
