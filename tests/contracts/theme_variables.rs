//! What templates see is written down in `docs/theme-variables.md`: made from the jobs of the sample portal and the
//! comments of the views, so that neither has more than the other.
//!
//! `SNAPSHOTS=overwrite` (`cargo xtask snapshots`) takes over what changed; read the diff before you commit it.

use camino::Utf8Path;
use jiff::civil::date;
use portolan::build;
use portolan::build::BuildContext;
use portolan::cache::Facts;
use portolan::files::Disk;
use portolan::render::{Variable, everywhere};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use syn::parse::{Parse, ParseStream};

const FILE: &str = "docs/theme-variables.md";

const INTRODUCTION: &str = "# What templates see

Every template sees the variables of the first table, and those of its own section. This file is made from the program
itself (`cargo xtask snapshots`), and a test holds it: a variable that is listed exists, and none is there that does
not stand here.

A type with a link is a group of fields, `T[]` a list, `T?` may be absent: test it with `{% if … %}`. `t`
has the words of the interface by group and key (`themes/default/strings/en.toml`).
";

/// What variables mean whose type does not say it.
const MEANINGS: &[(&str, &str)] = &[
    (
        "policy",
        "The Content-Security-Policy, for a `meta` element.",
    ),
    ("body", "The text as HTML: `{{ body | safe }}`."),
    ("toc", "The headings of the text."),
    ("home", "The absolute address of what the feed follows."),
    ("updated", "The latest day of the entries."),
    ("entries", "The newest first, or the pages of the sitemap."),
    (
        "parts",
        "The parts of a sitemap that has several; else empty.",
    ),
    ("target", "Where the document is now, relative to the root."),
    (
        "address",
        "The same as an absolute address; absent without `base_url`.",
    ),
    ("search", "The absolute address of the search page."),
    (
        "search_page",
        "Addresses that the scripts of the search page lead to.",
    ),
    (
        "search_words",
        "The words of the search page as JSON: `{{ search_words | safe }}`.",
    ),
    ("centers", "Names of the Centers; `url` is the slug."),
    ("latest", "The newest documents of the portal."),
    ("changed", "The last status changes of the portal."),
    ("sections", "The portal's documents by kind."),
    (
        "alerts",
        "Documents that readers of the page should not miss today.",
    ),
    (
        "through",
        "The day of the newest document, from which is counted back what is recent.",
    ),
    ("center_cards", "The Centers of industries."),
    (
        "contents",
        "The contents of the page: its sections with a title, and the headings of its text; see themes.md.",
    ),
    ("heading_count", "How many headings the text has."),
    ("office_cards", "The other offices."),
];

/// A group of fields and what it is.
struct Group {
    fields: Vec<Field>,
    meaning: String,
}

/// A field of a group: its name, its type and its meaning.
struct Field {
    name: String,
    form: String,
    meaning: String,
}

/// The groups of the sources below a folder or in a file, by name.
fn groups(root: &Path, places: &[&str]) -> BTreeMap<String, Group> {
    let mut groups = BTreeMap::new();
    for path in places.iter().flat_map(|place| sources(&root.join(place))) {
        let file = syn::parse_file(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for item in file.items {
            let (name, group) = match item {
                syn::Item::Struct(item) if derives_serialize(&item.attrs) => {
                    let fields = item.fields.iter().filter_map(field).collect();
                    let meaning = comment(&item.attrs);
                    (item.ident.to_string(), Group { fields, meaning })
                }
                syn::Item::Macro(item) if item.mac.path.is_ident("keys") => {
                    let Keys { name, group } = item.mac.parse_body().unwrap();
                    (name, group)
                }
                _ => continue,
            };
            let known = groups.insert(name.clone(), group);
            assert!(known.is_none(), "templates see two types named {name}");
        }
    }
    groups
}

/// Whether templates can see a type.
fn derives_serialize(attributes: &[syn::Attribute]) -> bool {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"))
        .any(|attribute| {
            let list = attribute.meta.require_list().unwrap();
            list.tokens.to_string().contains("Serialize")
        })
}

/// A type that `keys!` declares.
struct Keys {
    name: String,
    group: Group,
}

impl Parse for Keys {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let meaning = comment(&input.call(syn::Attribute::parse_outer)?);
        input.parse::<syn::Visibility>()?;
        input.parse::<syn::Token![struct]>()?;
        let name = input.parse::<syn::Ident>()?.to_string();
        input.parse::<syn::Token![,]>()?;
        input.parse::<syn::LitStr>()?;
        let body;
        syn::braced!(body in input);
        let fields = body.parse_terminated(key, syn::Token![,])?;
        let fields = fields.iter().filter_map(field).collect();
        let group = Group { fields, meaning };
        Ok(Self { name, group })
    }
}

/// A key of `keys!` without what its description says beside its type.
fn key(input: ParseStream<'_>) -> syn::Result<syn::Field> {
    let attrs = input.call(syn::Attribute::parse_outer)?;
    let vis = input.parse()?;
    let ident = input.parse()?;
    if input.parse::<Option<syn::Token![as]>>()?.is_some() {
        input.parse::<syn::LitStr>()?;
    }
    let colon_token = input.parse()?;
    let ty = input.parse()?;
    if !input.peek(syn::Token![=>]) && input.parse::<Option<syn::Token![=]>>()?.is_some() {
        input.parse::<syn::Expr>()?;
    }
    if input.parse::<Option<syn::Token![=>]>>()?.is_some() {
        input.parse::<syn::ExprArray>()?;
    }
    Ok(syn::Field {
        attrs,
        vis,
        mutability: syn::FieldMutability::None,
        ident: Some(ident),
        colon_token: Some(colon_token),
        ty,
    })
}

fn sources(place: &Path) -> Vec<PathBuf> {
    if place.is_file() {
        return vec![place.to_owned()];
    }
    let files = walkdir::WalkDir::new(place).sort_by_file_name().into_iter();
    files
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

fn field(field: &syn::Field) -> Option<Field> {
    if is_not_shown(&field.attrs) {
        return None;
    }
    let name = renamed(&field.attrs).or(field.ident.as_ref().map(ToString::to_string))?;
    Some(Field {
        name,
        form: form(&field.ty),
        meaning: comment(&field.attrs),
    })
}

/// Whether `#[serde(skip_serializing)]` keeps it from templates.
fn is_not_shown(attributes: &[syn::Attribute]) -> bool {
    let mut skips = false;
    for attribute in attributes.iter().filter(|a| a.path().is_ident("serde")) {
        let _ = attribute.parse_nested_meta(|meta| {
            skips |= meta.path.is_ident("skip_serializing");
            if let Ok(value) = meta.value() {
                value.parse::<syn::Expr>()?;
            }
            Ok(())
        });
    }
    skips
}

/// The name that `#[serde(rename = "…")]` gives.
fn renamed(attributes: &[syn::Attribute]) -> Option<String> {
    let mut name = None;
    for attribute in attributes.iter().filter(|a| a.path().is_ident("serde")) {
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                name = Some(meta.value()?.parse::<syn::LitStr>()?.value());
            } else if let Ok(value) = meta.value() {
                value.parse::<syn::Expr>()?;
            }
            Ok(())
        });
    }
    name
}

fn comment(attributes: &[syn::Attribute]) -> String {
    let lines = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            syn::Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
                syn::Expr::Lit(syn::ExprLit {
                    lit: syn::Lit::Str(text),
                    ..
                }) => Some(text.value()),
                _ => None,
            },
            _ => None,
        });
    let lines: Vec<String> = lines.map(|line| line.trim().to_owned()).collect();
    lines.join(" ")
}

/// A type in the words of templates.
fn form(form: &syn::Type) -> String {
    match form {
        syn::Type::Reference(reference) => self::form(&reference.elem),
        syn::Type::Slice(slice) => format!("{}[]", self::form(&slice.elem)),
        syn::Type::Path(path) => {
            let last = path.path.segments.last().unwrap();
            let inner = match &last.arguments {
                syn::PathArguments::AngleBracketed(arguments) => {
                    let inner = arguments.args.iter().filter_map(|argument| match argument {
                        syn::GenericArgument::Type(form) => Some(self::form(form)),
                        _ => None,
                    });
                    inner.collect()
                }
                _ => Vec::new(),
            };
            named(&last.ident.to_string(), &inner)
        }
        _ => "text".to_owned(),
    }
}

/// The words of templates for a type of the program.
fn named(name: &str, inner: &[String]) -> String {
    match (name, inner) {
        ("Vec", [one]) => format!("{one}[]"),
        ("Option", [one]) => format!("{one}?"),
        ("BTreeMap", [_, value]) => format!("{value} by name"),
        ("Named", [value]) => format!("{value} by name"),
        ("Links", _) => "text by name".to_owned(),
        ("Located" | "Box", [one]) => one.clone(),
        ("String" | "str" | "Date", _) => "text".to_owned(),
        ("bool", _) => "true or false".to_owned(),
        (
            "usize" | "u8" | "u16" | "u32" | "u64" | "i64" | "i16" | "f64" | "NonZero"
            | "NonZeroUsize" | "NonZeroU32",
            _,
        ) => "number".to_owned(),
        _ => name.to_owned(),
    }
}

/// The name of a group within a type, if it is one.
fn group_of(form: &str) -> &str {
    form.trim_end_matches(" by name")
        .trim_end_matches(['[', ']', '?'])
}

fn linked(form: &str, known: &BTreeMap<String, Group>) -> String {
    let group = group_of(form);
    if known.contains_key(group) {
        let link = format!("[{group}](#{})", group.to_lowercase());
        form.replacen(group, &link, 1)
    } else if form.chars().next().is_some_and(char::is_uppercase) {
        // An enumeration is written as one of its words.
        form.replacen(group, "text", 1)
    } else {
        form.to_owned()
    }
}

/// What each template sees, as the jobs of the sample portal have it.
fn templates(root: &Path) -> BTreeMap<&'static str, BTreeSet<Variable>> {
    let files = Disk::new(Utf8Path::from_path(root).unwrap());
    let outcome = build::load(
        &files,
        &Facts::default(),
        BuildContext::on(date(2026, 11, 25)),
        &(),
    )
    .unwrap();
    let site = outcome.result.expect("the sample portal is sound");
    let renderer = site.renderer(&files);
    let mut templates: BTreeMap<&str, BTreeSet<Variable>> = BTreeMap::new();
    for job in site.site_map.entries() {
        if let Some((name, variables)) = renderer.variables(job) {
            templates.entry(name).or_default().extend(variables);
        }
    }
    templates
}

fn table(out: &mut String, rows: &[(String, String, String)]) {
    out.push_str("\n| name | type | meaning |\n|---|---|---|\n");
    for (name, form, meaning) in rows {
        let meaning = meaning.replace('|', "\\|");
        let _ = writeln!(out, "| `{name}` | {form} | {meaning} |");
    }
}

fn documentation(root: &Path) -> String {
    let known = groups(root, &["src/render", "src/config"]);
    let mut out = INTRODUCTION.to_owned();
    let mut used: BTreeSet<String> = BTreeSet::new();
    let row = |variable: &Variable, used: &mut BTreeSet<String>| {
        let form = form(&syn::parse_str(variable.form).unwrap());
        let group = group_of(&form);
        used.insert(group.to_owned());
        let said = MEANINGS.iter().find(|(name, _)| *name == variable.name);
        let said = said.map(|(_, meaning)| (*meaning).to_owned());
        let meaning = said.or_else(|| Some(known.get(group)?.meaning.clone()));
        let meaning = meaning.unwrap_or_else(|| panic!("`{}` has no meaning", variable.name));
        (variable.name.to_owned(), linked(&form, &known), meaning)
    };
    out.push_str("\n## Every template\n");
    let rows: Vec<_> = everywhere()
        .iter()
        .map(|variable| row(variable, &mut used))
        .collect();
    table(&mut out, &rows);
    for (template, variables) in templates(root) {
        let own = variables.iter().filter(|variable| variable.name != "page");
        let rows: Vec<_> = own.map(|variable| row(variable, &mut used)).collect();
        let _ = writeln!(out, "\n## `{template}`");
        if rows.is_empty() {
            out.push_str("\nNothing of its own.\n");
        } else {
            table(&mut out, &rows);
        }
    }
    // Groups lead to further groups.
    let mut waiting: Vec<String> = used.iter().cloned().collect();
    while let Some(name) = waiting.pop() {
        let fields = known.get(&name).map(|group| &group.fields);
        for field in fields.into_iter().flatten() {
            let group = group_of(&field.form).to_owned();
            if known.contains_key(&group) && used.insert(group.clone()) {
                waiting.push(group);
            }
        }
    }
    for name in used.iter().filter(|name| known.contains_key(*name)) {
        let fields = known[name].fields.iter();
        let rows: Vec<_> = fields
            .map(|field| {
                (
                    field.name.clone(),
                    linked(&field.form, &known),
                    field.meaning.clone(),
                )
            })
            .collect();
        let _ = writeln!(out, "\n## {name}");
        table(&mut out, &rows);
    }
    out
}

#[test]
fn what_templates_see_is_what_the_documentation_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let made = documentation(root);
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        std::fs::write(root.join(FILE), &made).unwrap();
    }
    let written = std::fs::read_to_string(root.join(FILE)).unwrap_or_default();
    assert!(
        made == written,
        "{FILE} is not up to date: run `cargo xtask snapshots`"
    );
}

#[test]
fn every_field_has_a_meaning() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let views = groups(
        root,
        &["src/render/page.rs", "src/render/pages", "src/render/parts"],
    );
    for (name, group) in views {
        for field in group.fields {
            assert!(!field.meaning.is_empty(), "{name}.{}", field.name);
        }
    }
}
