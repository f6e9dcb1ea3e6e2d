//! The text of a new document, and where it goes.

mod unusable;
mod values;

pub use unusable::Unusable;
pub use values::{Values, field, flag, hts, parted, read_value};

use super::inventory::Inventory;
use crate::addresses;
use crate::diagnostic::suggestion;
use crate::document::{self, Kind, Schema};
use crate::portal::page_address;
use crate::schema::slug;
use crate::schema::yaml::write::{self, Value};
use crate::source::{DocumentFile, RESERVED};
use camino::Utf8PathBuf;
use portolan_customs::RulingNumber;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Whose a document is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// These Centers': one has it in its folder, several share it.
    Centers(Vec<String>),
    /// Every industry Center's.
    All,
    /// Nobody's by name: the Centers follow from the tariff numbers.
    Shared,
}

/// What an editor wants.
#[derive(Debug, Clone)]
pub struct Request {
    /// What it is.
    pub kind: Kind,
    /// The values of its keys.
    pub values: Values,
    /// Whose it is; of no meaning for pages and Centers.
    pub whose: Option<Whose>,
    /// The name of its file without `.md`, where the editor chose one.
    pub name: Option<String>,
}

/// A document to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDocument {
    /// Where it goes, relative to the portal's root.
    pub path: Utf8PathBuf,
    /// The address that its page will have.
    pub address: String,
    /// Its text.
    pub text: String,
    /// Whether it is a draft.
    pub is_draft: bool,
}

/// Whether a kind's documents are in the folders of Centers.
#[must_use]
pub fn has_center(kind: Kind) -> bool {
    !matches!(kind, Kind::Page | Kind::Center)
}

impl Inventory {
    /// Whose a document is that an editor gives to Centers: `all` and `shared` are words of their own.
    ///
    /// # Errors
    /// When a Center is unknown.
    pub fn whose(&self, named: &[String]) -> Result<Whose, Unusable> {
        match named {
            [word] if word == "all" => return Ok(Whose::All),
            [word] if word == "shared" => return Ok(Whose::Shared),
            _ => {}
        }
        for slug in named {
            if !self.centers().any(|known| known == slug) {
                let help = suggestion(slug, self.centers(), || {
                    let centers = self.centers().chain(["all", "shared"]);
                    format!("choose among {}", centers.collect::<Vec<_>>().join(", "))
                });
                let slug = slug.clone();
                return Err(Unusable::UnknownCenter { slug, help });
            }
        }
        Ok(Whose::Centers(named.to_vec()))
    }
}

/// Composes a document, and reads it as a build would.
///
/// # Errors
/// What is missing or wrong, or in the way.
pub fn compose(
    request: &Request,
    schema: &Schema,
    inventory: &Inventory,
) -> Result<NewDocument, Unusable> {
    let Request {
        kind,
        values,
        whose,
        name,
    } = request;
    let kind = *kind;
    let mut lines: BTreeMap<&str, String> = BTreeMap::new();
    let mut normal: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (key, texts) in values {
        let field = field(schema, kind, key)?;
        let texts = texts.iter().map(|text| read_value(field, text));
        let texts: Vec<String> = texts.collect::<Result<_, _>>()?;
        lines.extend(
            write::entry(&field.key, &values::value(field, &texts)?)
                .map(|line| (field.key.as_ref(), line)),
        );
        normal.insert(&field.key, texts);
    }
    let one = |key: &str| Some(normal.get(key)?.first()?.as_str());
    if let Some(number) = ruling_number(kind, one("number"))
        && let Some(path) = inventory.ruling(&number)
    {
        return Err(Unusable::KnownNumber {
            number: number.cited(),
            path: path.to_path_buf(),
        });
    }
    let name = file_name(kind, name.as_deref(), &one)?;
    let path = path(kind, &name, whose.as_ref(), schema)?;
    if let Some(known) = inventory.file(&path) {
        return Err(Unusable::KnownFile(known.to_path_buf()));
    }
    if has_center(kind)
        && let Some(centers) = whose.as_ref().and_then(centers_line)
    {
        lines.entry("centers").or_insert(centers);
    }
    let text = text(kind, &lines, schema);
    let folders: Vec<&str> = schema.kinds.folders().collect();
    let file =
        DocumentFile::at(&path, &folders).expect("the path is made of a kind's folder and a name");
    let read = document::read(&file, text.as_bytes(), schema);
    let document = read.map_err(|unreadable| Unusable::Problems {
        problems: unreadable.problems,
        text: text.clone(),
        path: path.clone(),
    })?;
    let address = page_address(kind, &document.slug, &schema.kinds);
    if let Some(known) = inventory.at(&address) {
        return Err(Unusable::KnownAddress {
            path: known.to_path_buf(),
            address,
        });
    }
    Ok(NewDocument {
        path,
        address,
        text,
        is_draft: document.common.draft,
    })
}

/// The ruling that a ruling or a decision is.
fn ruling_number(kind: Kind, number: Option<&str>) -> Option<RulingNumber> {
    let is_of_one = matches!(kind, Kind::Ruling | Kind::Decision);
    number?.parse().ok().filter(|_| is_of_one)
}

/// The longest file name that is made from a title.
const MAX_NAME: usize = 60;

fn file_name<'v>(
    kind: Kind,
    name: Option<&str>,
    one: &impl Fn(&str) -> Option<&'v str>,
) -> Result<String, Unusable> {
    let number = one("number").and_then(|number| number.parse::<RulingNumber>().ok());
    let made = match (name.or(one("slug")), kind, number) {
        (None, Kind::Ruling, Some(number)) => number.slug(),
        (Some(name), ..) => name.strip_suffix(".md").unwrap_or(name).to_owned(),
        (None, Kind::Decision | Kind::Publication | Kind::Declared(_), Some(number)) => {
            slug::slugify(&number.cited())
        }
        (None, ..) => shortened(&slug::slugify(
            one("title").or(one("name")).unwrap_or_default(),
        )),
    };
    let is_reserved = !has_center(kind)
        && (RESERVED.contains(&made.as_str()) || addresses::RESERVED.contains(&made.as_str()));
    let why = match slug::problem(&made) {
        Some(why) => why,
        None if is_reserved => "the portal keeps this name for itself",
        None => return Ok(made),
    };
    let example = match slug::slugify(&made).as_str() {
        "" => "knit-garments".to_owned(),
        slug if is_reserved => format!("{slug}-2"),
        slug => slug::proposal(slug),
    };
    Err(Unusable::Name {
        name: made,
        why: why.to_owned(),
        example,
    })
}

/// As many whole words of a slug as fit.
fn shortened(slug: &str) -> String {
    match slug.get(..=MAX_NAME) {
        None => slug.to_owned(),
        Some(start) => {
            let end = start.rfind('-').unwrap_or(MAX_NAME);
            slug[..end].to_owned()
        }
    }
}

fn path(
    kind: Kind,
    name: &str,
    whose: Option<&Whose>,
    schema: &Schema,
) -> Result<Utf8PathBuf, Unusable> {
    let folder = match (kind, whose) {
        (Kind::Page, _) => return Ok(format!("content/pages/{name}.md").into()),
        (Kind::Center, _) if schema.kinds.of_folder(name).is_some() => {
            return Err(Unusable::Name {
                name: name.to_owned(),
                why: "the portal has a folder of this name".to_owned(),
                example: format!("{name}-center"),
            });
        }
        (Kind::Center, _) => return Ok(format!("content/{name}/index.md").into()),
        (_, Some(Whose::Centers(slugs))) if slugs.len() == 1 => slugs[0].as_str(),
        _ => "shared",
    };
    let kind = schema.kinds.folder(kind);
    Ok(format!("content/{folder}/{kind}/{name}.md").into())
}

/// The line `centers` that a document in the shared folder needs.
fn centers_line(whose: &Whose) -> Option<String> {
    let value = match whose {
        Whose::All => Value::Word("all".to_owned()),
        Whose::Centers(slugs) if slugs.len() > 1 => Value::List(slugs.clone()),
        Whose::Centers(_) | Whose::Shared => return None,
    };
    write::entry("centers", &value)
}

fn text(kind: Kind, lines: &BTreeMap<&str, String>, schema: &Schema) -> String {
    let mut text = String::from("---\n");
    let keys = schema.order(kind);
    for line in keys.iter().filter_map(|key| lines.get(key)) {
        text.push_str(line);
    }
    let name = schema.kinds.name(kind);
    let _ = writeln!(text, "# All keys: portolan schema {name}");
    if keys.contains(&"draft") && !lines.contains_key("draft") {
        text.push_str(
            "# To publish this document, delete this line and the next one.\ndraft: true\n",
        );
    }
    text.push_str("---\n");
    text.push_str(match kind {
        Kind::Ruling => {
            "## Goods\n\n<!-- What are the goods? Comments like this one are not published. -->\n\n## Holding\n\n<!-- What was decided, and under which tariff number? -->\n"
        }
        Kind::Center => "<!-- Which importers does this Center serve? Comments like this one are not published. -->\n",
        _ => "<!-- Write the text here. Comments like this one are not published. -->\n",
    });
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Memory;
    use proptest::prelude::*;

    fn portal() -> (Schema, Inventory) {
        let files = Memory::new()
            .with("content/electronics/index.md", "---\nname: E\nkind: industry\nhts: [\"85\"]\n---\n")
            .with("content/machinery/index.md", "---\nname: M\nkind: industry\nhts: [\"84\", \"8501\"]\n---\n")
            .with(
                "content/electronics/rulings/n301862.md",
                "---\nnumber: NY N301862\ntitle: T\ndate: 2018\n---\n",
            )
            .with(
                "content/shared/rulings/broken.md",
                "---\nnumber: NY N301863\ntitle: T\n---\n",
            )
            .with(
                "content/shared/decisions/d.md",
                "---\ntype: court\nnumber: HQ H300002; FR Doc. 2\ntitle: T\ndate: 2018\naliases: [/decisions/older.html]\n---\n",
            );
        let schema = Schema::default();
        let inventory = Inventory::load(&files, &crate::cache::Facts::default(), &schema)
            .expect("memory can be read");
        (schema, inventory)
    }

    fn request(kind: Kind, values: &[(&str, &str)], whose: Option<Whose>) -> Request {
        let values = values.iter();
        Request {
            kind,
            values: values
                .map(|(key, text)| ((*key).to_owned(), vec![(*text).to_owned()]))
                .collect(),
            whose,
            name: None,
        }
    }

    fn made(request: &Request) -> Result<NewDocument, String> {
        let (schema, inventory) = portal();
        compose(request, &schema, &inventory).map_err(|error| error.to_string())
    }

    fn ruling(number: &str) -> Request {
        let values = [
            ("number", number),
            ("title", "A: b"),
            ("date", "2018-11-05"),
        ];
        let whose = Whose::Centers(vec!["electronics".to_owned()]);
        request(Kind::Ruling, &values, Some(whose))
    }

    #[test]
    fn a_ruling_gets_its_number_in_normal_form_and_is_a_draft() {
        let made = made(&ruling("n48019")).expect("it can be made");
        assert_eq!(made.path, "content/electronics/rulings/n048019.md");
        assert_eq!(made.address, "rulings/n048019.html");
        assert!(made.is_draft);
        assert!(
            made.text.starts_with(
                "---\nnumber: NY N048019\ntitle: \"A: b\"\ndate: 2018-11-05\n# All keys: portolan schema ruling\n"
            ),
            "{}",
            made.text
        );
    }

    #[test]
    fn a_number_that_is_there_is_refused_with_its_file_in_every_spelling() {
        for (number, path) in [
            ("N301862", "content/electronics/rulings/n301862.md"),
            ("ny n301863", "content/shared/rulings/broken.md"),
            ("H300002", "content/shared/decisions/d.md"),
        ] {
            let refused = made(&ruling(number)).expect_err(number);
            assert!(
                refused.ends_with(&format!("already, in `{path}`")),
                "{refused}"
            );
        }
    }

    #[test]
    fn an_address_that_leads_elsewhere_is_refused() {
        let values = [("type", "court"), ("title", "Older"), ("date", "2018")];
        let refused = made(&request(Kind::Decision, &values, Some(Whose::Shared)));
        let refused = refused.expect_err("the address is taken");
        assert!(refused.contains("/decisions/older.html"), "{refused}");
        let mut page = request(Kind::Page, &[("title", "Search")], None);
        assert!(made(&page).is_err());
        page.name = Some("../../x".to_owned());
        assert!(made(&page).is_err());
        page.name = Some("finding-things".to_owned());
        assert_eq!(
            made(&page).expect("it can be made").path,
            "content/pages/finding-things.md"
        );
    }

    #[test]
    fn the_center_follows_from_the_longest_number() {
        let (_, inventory) = portal();
        let of = |numbers: &[&str]| {
            let numbers = numbers
                .iter()
                .map(|number| number.parse().expect("it is one"));
            inventory.proposal(&numbers.collect::<Vec<_>>())
        };
        let centers = |slugs: &[&str]| {
            let slugs = slugs.iter().map(ToString::to_string);
            Some(Whose::Centers(slugs.collect()))
        };
        assert_eq!(of(&["8517.62.0090"]), centers(&["electronics"]));
        assert_eq!(of(&["8501.10"]), centers(&["machinery"]));
        assert_eq!(
            of(&["8517", "8471"]),
            centers(&["electronics", "machinery"])
        );
        assert_eq!(of(&["6109"]), None);
    }

    proptest! {
        #[test]
        fn whatever_a_title_is_the_document_reads_back_or_is_refused(title in "\\PC{1,40}|[-:#&*!|>'\"%@`{}\\[\\], ]{1,20}") {
            let (schema, inventory) = portal();
            let mut wanted = request(Kind::Page, &[("title", &title)], None);
            wanted.name = Some("a-name".to_owned());
            if let Ok(made) = compose(&wanted, &schema, &inventory) {
                let file = DocumentFile::at(&made.path, &[]).expect("it is a page");
                let read = document::read(&file, made.text.as_bytes(), &schema).expect("it was read");
                prop_assert_eq!(read.common.title, title.trim());
            }
        }
    }
}
