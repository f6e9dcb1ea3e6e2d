//! `portolan new`: begins a document, asking for what its kind requires.

use super::args::NewOptions;
use super::console::{Console, counts, print};
use super::prompt::{self, Ask, Terminal};
use super::root::Root;
use super::schema::{kind_of_name, of_portal};
use super::{Failure, context, output};
use crate::diagnostic::report;
use crate::document::{Kind, Schema};
use crate::edit::{self, Inventory, Request, Unusable, Values, Whose};
use crate::files::{Disk, FileError, Memory};
use crate::schema::{Field, Number, Shape};
use camino::{Utf8Path, Utf8PathBuf};
use std::io;
use std::process::{Command, ExitCode};

/// Why no document was begun.
#[derive(Debug, thiserror::Error)]
pub(super) enum NewError {
    #[error(transparent)]
    Unusable(#[from] Box<Unusable>),
    #[error("a page or a Center has no Center: leave out `--center`")]
    NoCenters,
    #[error("`{0}` is a symbolic link, and links can lead out of the portal")]
    Link(Utf8PathBuf),
    #[error("the question could not be asked: {0}")]
    Question(#[from] io::Error),
    #[error("the document is in `{path}`, but the editor `{editor}` cannot be started: {cause}")]
    Editor {
        path: Utf8PathBuf,
        editor: String,
        #[source]
        cause: io::Error,
    },
    #[error(transparent)]
    File(#[from] FileError),
}

impl From<Unusable> for NewError {
    fn from(error: Unusable) -> Self {
        Self::Unusable(Box::new(error))
    }
}

/// Begins a document.
pub(super) fn new(
    root: &Root,
    options: &NewOptions,
    no_input: bool,
    console: Console,
) -> Result<ExitCode, Failure> {
    let Some(schema) = of_portal(&root.path, console)? else {
        return Ok(ExitCode::from(1));
    };
    let kind = kind_of_name(&schema, &options.kind)?;
    let disk = Disk::new(&root.path);
    let cache = context::cache(&disk, true);
    let inventory = Inventory::load(&disk, cache.facts(), &schema).map_err(NewError::from)?;
    let can_ask = output::can_ask() && !no_input;
    let mut terminal = Terminal;
    let ask = can_ask.then_some(&mut terminal as &mut dyn Ask);
    let request = Gathering {
        schema: &schema,
        inventory: &inventory,
        kind,
        ask,
    };
    let request = request.request(options)?;
    let document = match edit::compose(&request, &schema, &inventory) {
        Ok(document) => document,
        Err(Unusable::Problems {
            text,
            path,
            problems,
        }) => {
            let files = Memory::new().with(path.as_str(), text);
            output::message(&report::terminal(&problems, &files, console.has_color()));
            console.say(&format!("{}; nothing was written", counts(&problems)));
            return Ok(ExitCode::from(1));
        }
        Err(error) => return Err(NewError::from(error).into()),
    };
    if let Some(link) = disk.leads_out(&document.path) {
        return Err(NewError::Link(link).into());
    }
    let created = disk.create(&document.path, document.text.as_bytes());
    if !created.map_err(NewError::from)? {
        return Err(NewError::from(Unusable::KnownFile(document.path)).into());
    }
    let file = root.shown.join(&document.path);
    console.say(&format!(
        "Created {}; its page will be /{}",
        document.path, document.address
    ));
    if document.is_draft {
        console.say("It is a draft: delete its line `draft: true` to publish it");
    }
    print(&format!("{file}\n"))?;
    if can_ask && !options.no_open {
        open(&file)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens a file in the editor that the environment names, if it names one.
fn open(file: &Utf8Path) -> Result<(), NewError> {
    let Some((_, editor)) = context::editor(&context::variable) else {
        return Ok(());
    };
    // As git does it: the variable can have arguments and quotation marks.
    let command = format!("{editor} \"$1\"");
    let run = Command::new("sh")
        .args(["-c", &command, "sh", file.as_str()])
        .status();
    let failure = |cause| NewError::Editor {
        path: file.to_path_buf(),
        editor: editor.clone(),
        cause,
    };
    let status = run.map_err(failure)?;
    if status.success() {
        Ok(())
    } else {
        Err(failure(io::Error::other(status.to_string())))
    }
}

/// Gathers what a document needs from flags and answers.
struct Gathering<'a> {
    schema: &'a Schema,
    inventory: &'a Inventory,
    kind: Kind,
    /// Who answers; without anybody, what is missing is an error.
    ask: Option<&'a mut dyn Ask>,
}

impl Gathering<'_> {
    fn request(mut self, options: &NewOptions) -> Result<Request, NewError> {
        let kind = self.kind;
        let mut values = self.given(options)?;
        if !edit::has_center(kind) && !options.center.is_empty() {
            return Err(NewError::NoCenters);
        }
        let mut missing = self.missing(&mut values)?;
        let whose = if edit::has_center(kind) {
            self.whose(options, &mut values)?
        } else {
            None
        };
        if edit::has_center(kind) && whose.is_none() {
            let example = self.inventory.centers().next().unwrap_or("shared");
            missing.push(format!("--center {example}"));
        }
        if !missing.is_empty() {
            let name = self.schema.one(kind).to_owned();
            return Err(Unusable::Missing {
                name,
                flags: missing,
            }
            .into());
        }
        Ok(Request {
            kind,
            values,
            whose,
            name: options.name.clone(),
        })
    }

    /// The values of the flags. Wrong ones are refused before anything is asked.
    fn given(&self, options: &NewOptions) -> Result<Values, NewError> {
        let number = options.number.iter();
        let number = number.map(|number| ("number", number.as_str()));
        let set = options.set.iter();
        let set = set.map(|(key, text)| (key.as_str(), text.as_str()));
        let mut values = Values::new();
        for (key, text) in number.chain(set) {
            let field = edit::field(self.schema, self.kind, key)?;
            let texts = edit::parted(field, text);
            for text in &texts {
                edit::read_value(field, text)?;
                self.refuse_known(key, text)?;
            }
            values
                .entry(field.key.to_string())
                .or_default()
                .extend(texts);
        }
        Ok(values)
    }

    /// Refuses the number of a ruling that the portal has.
    fn refuse_known(&self, key: &str, text: &str) -> Result<(), Unusable> {
        let is_number = key == "number" && matches!(self.kind, Kind::Ruling | Kind::Decision);
        let number = text.parse().ok().filter(|_| is_number);
        let known = number.and_then(|number| Some((self.inventory.ruling(&number)?, number)));
        match known {
            Some((path, number)) => Err(Unusable::KnownNumber {
                number: number.cited(),
                path: path.to_path_buf(),
            }),
            None => Ok(()),
        }
    }

    /// Asks for the keys that every document of the kind has; gives the flags of those that nobody can be asked for.
    fn missing(&mut self, values: &mut Values) -> Result<Vec<String>, NewError> {
        let schema = self.schema;
        let mut missing = Vec::new();
        for key in schema.order(self.kind) {
            let field = edit::field(schema, self.kind, key)?;
            if !field.required || values.contains_key(key) {
                continue;
            }
            match self.answer(field, false)? {
                Some(texts) => drop(values.insert(key.to_owned(), texts)),
                None => missing.push(edit::flag(field)),
            }
        }
        Ok(missing)
    }

    /// Asks for the values of a key; `None` where nobody can be asked, or a key that may be absent is left out.
    fn answer(
        &mut self,
        field: &Field,
        is_optional: bool,
    ) -> Result<Option<Vec<String>>, NewError> {
        let question = question(field, is_optional);
        if let (Shape::Choice(choice), Some(ask)) = (&field.shape, &mut self.ask) {
            let words: Vec<String> = choice.words.iter().map(ToString::to_string).collect();
            let at = prompt::choice(*ask, &question, &words, None)?;
            return Ok(words.get(at).map(|word| vec![word.clone()]));
        }
        let Some(ask) = self.ask.take() else {
            return Ok(None);
        };
        let check = |text: &str| {
            if is_optional && text.trim().is_empty() {
                return Ok(());
            }
            let texts = edit::parted(field, text);
            if texts.is_empty() {
                edit::read_value(field, "").map_err(|error| error.to_string())?;
            }
            for text in texts {
                let read = edit::read_value(field, &text);
                read.and_then(|_| self.refuse_known(&field.key, &text))
                    .map_err(|error| error.to_string())?;
            }
            Ok(())
        };
        let text = prompt::text(ask, &question, &check);
        self.ask = Some(ask);
        let texts = edit::parted(field, &text?);
        Ok(Some(texts).filter(|texts| texts.iter().any(|text| !text.is_empty())))
    }

    /// Whose the document is: as the flags say, else the Center of its tariff numbers, else as somebody answers.
    fn whose(
        &mut self,
        options: &NewOptions,
        values: &mut Values,
    ) -> Result<Option<Whose>, NewError> {
        if !options.center.is_empty() {
            return Ok(Some(self.inventory.whose(&options.center)?));
        }
        // The key of the front matter says it already.
        if values.contains_key("centers") {
            return Ok(Some(Whose::Shared));
        }
        if !values.contains_key("hts")
            && self.ask.is_some()
            && let Ok(field) = edit::field(self.schema, self.kind, "hts")
            && let Some(texts) = self.answer(field, true)?
        {
            values.insert("hts".to_owned(), texts);
        }
        let proposal = self.inventory.proposal(&edit::hts(values));
        let Some(ask) = &mut self.ask else {
            return Ok(proposal);
        };
        let mut answers: Vec<(String, Whose)> = Vec::new();
        if let Some(Whose::Centers(slugs)) = &proposal {
            let label = format!("{} (covers the goods)", slugs.join(", "));
            answers.push((label, Whose::Centers(slugs.clone())));
        }
        for slug in self.inventory.centers() {
            let whose = Whose::Centers(vec![slug.to_owned()]);
            if Some(&whose) != proposal.as_ref() {
                answers.push((slug.to_owned(), whose));
            }
        }
        answers.push(("all Centers".to_owned(), Whose::All));
        let label = "none by name (content/shared)".to_owned();
        answers.push((label, Whose::Shared));
        let labels: Vec<String> = answers.iter().map(|(label, _)| label.clone()).collect();
        let at = prompt::choice(*ask, "Center", &labels, proposal.as_ref().map(|_| 0))?;
        Ok(answers.into_iter().nth(at).map(|(_, whose)| whose))
    }
}

/// A key as a question: `hts (such as "6109.10.0012"; several with commas; empty for none)`.
fn question(field: &Field, is_optional: bool) -> String {
    if matches!(field.shape, Shape::Choice(_)) {
        return field.key.to_string();
    }
    let mut hints = Vec::new();
    if !matches!(field.shape, Shape::Text) {
        let example = field.shape.example();
        hints.push(format!("such as {}", example.trim_matches('"')));
    }
    if matches!(field.shape, Shape::Date) {
        hints.push("or 2018-11, 2018, unknown".to_owned());
    }
    if field.number != Number::One {
        hints.push("several with commas".to_owned());
    }
    if is_optional {
        hints.push("empty for none".to_owned());
    }
    if hints.is_empty() {
        field.key.to_string()
    } else {
        format!("{} ({})", field.key, hints.join("; "))
    }
}
