//! The arguments of the command line.

use crate::preview::{self, AllowedHost, BindHost, EditorAddress, EditorProgram};
use camino::Utf8PathBuf;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;

/// Turns a folder of documents into a public knowledge portal.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Exit codes: 0 success, 1 problems in the content, 2 usage or environment."
)]
pub(super) struct Arguments {
    /// The portal's folder [default: the nearest one upwards with a site.toml]
    #[arg(long, global = true, value_name = "FOLDER")]
    pub(super) root: Option<Utf8PathBuf>,
    /// When to color messages
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(super) color: Color,
    /// Print nothing but problems and failures
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    /// For scripts: never ask for input, and show no progress bar
    #[arg(long, global = true)]
    pub(super) no_input: bool,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create a portal with one Center and a document of each kind, and files for editors and CI
    #[command(
        after_help = "Example:\n  portolan init my-portal\n  portolan serve --root my-portal\n\nIn a folder that has a portal, only missing files for editors and CI are added."
    )]
    Init {
        /// Where; files that are there already are not changed
        folder: Utf8PathBuf,
    },
    /// Begin a document: ask for what its kind requires, and open it in your editor
    #[command(
        after_help = "Examples:\n  portolan new ruling\n  portolan new ruling \"NY N301862\" --set \"title=A smart watch\" --set date=2018-12-11\n  portolan new page --set \"title=Questions and answers\" --no-open\n\nWithout a terminal, everything has to be given by flags. The document is a draft until its line\n`draft: true` is deleted. The editor is that of VISUAL or EDITOR."
    )]
    New(NewOptions),
    /// Move a document and its folder, correct the links to it, and keep its old address
    #[command(
        alias = "move",
        after_help = "Examples:\n  portolan mv N301862 machinery\n  portolan mv content/shared/decisions/apple.md content/shared/decisions/apple-2020.md\n  portolan mv /decisions/apple.html content/electronics/decisions/ --dry-run"
    )]
    Mv {
        /// The document: a file, an address or a number
        from: String,
        /// A file, a folder, or the name of a Center's folder
        to: String,
        /// Show what would change as a patch, and change nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Find the file, the page and the Center of an address, a number, a file or a tariff number
    #[command(
        after_help = "Examples:\n  portolan where N301862\n  portolan where https://portal.example.gov/rulings/n301862.html\n  portolan where content/electronics/rulings/n301862.md\n  portolan where 8517.62.0090 --format json"
    )]
    Where {
        /// An address, a number in any spelling, a file, a tariff number, or a Center
        what: String,
        /// How to print what was found
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Build the site and publish it to a folder, completely or not at all
    #[command(
        after_help = "Examples:\n  portolan build\n  portolan build --root my-portal --out /srv/www/portal"
    )]
    Build {
        /// Where to publish [default: public/ in the portal's folder]
        #[arg(long, value_name = "FOLDER")]
        out: Option<Utf8PathBuf>,
        #[command(flatten)]
        checks: Checks,
    },
    /// Report every problem without building the site
    #[command(
        after_help = "Examples:\n  portolan check\n  portolan check --deny warnings --format github\n  portolan check --fix --diff\n  portolan check --fix\n  portolan check --external"
    )]
    Check {
        #[command(flatten)]
        checks: Checks,
        #[command(flatten)]
        options: CheckOptions,
    },
    /// List the documents with their addresses, Centers and status
    #[command(
        after_help = "Examples:\n  portolan list --format json\n  portolan list --kind ruling --status revoked\n  portolan list --overdue"
    )]
    List(ListFilter),
    /// Serve an editor over the Language Server Protocol: problems as you type, fixes, completion
    #[command(
        after_help = "Editors start it; docs/editors.md shows how to set up VS Code, Helix, Neovim and Zed."
    )]
    Lsp {
        /// Accepted because some editors pass it; the standard streams are the only way to talk to it
        #[arg(long)]
        stdio: bool,
    },
    /// Print the JSON Schema of a kind's front matter or of a data table, for editors and other programs
    #[command(
        after_help = "Examples:\n  portolan schema ruling > ruling.schema.json\n  portolan schema contacts > contacts.schema.json"
    )]
    Schema {
        /// ruling, decision, publication, update, message, finding, faq, event, page, center, a kind of site.toml, or a table of YAML: contacts, programs,
        /// agencies, coverage
        kind: String,
    },
    /// Explain the code of a problem
    #[command(after_help = "Examples:\n  portolan explain\n  portolan explain P0023")]
    Explain {
        /// A code such as P0023; without one, all are listed
        code: Option<String>,
    },
    /// Print the completions of a shell
    #[command(
        after_help = "Examples:\n  portolan completions bash > ~/.local/share/bash-completion/completions/portolan\n  portolan completions zsh > _portolan\n  portolan completions fish > ~/.config/fish/completions/portolan.fish"
    )]
    Completions {
        /// Whose
        shell: Shell,
    },
    /// Write the manual page of the program and of each command
    #[command(
        after_help = "Example:\n  portolan man ~/.local/share/man/man1\n  man portolan-build"
    )]
    Man {
        /// Where; made if it is not there
        folder: Utf8PathBuf,
    },
    /// Import rulings of CROSS, or the rows of a table
    Import {
        #[command(subcommand)]
        from: ImportFrom,
    },
    /// Search a published site from the terminal
    #[command(
        after_help = "Examples:\n  portolan search \"T-shirt\"\n  portolan search 'hts:6109 -knit' --format json --limit 20"
    )]
    Search(SearchOptions),
    /// Preview the site on this machine and keep open pages up to date
    #[command(
        after_help = "Examples:\n  portolan serve\n  portolan serve --root my-portal --port 8080\n  portolan serve --host 0.0.0.0"
    )]
    Serve {
        #[command(flatten)]
        listen: Listen,
        /// Show what readers will see on this day [default: today, with drafts and all that is scheduled or expired]
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        as_of: Option<Date>,
        /// Check every file about once a second; for network drives and containers that report no changes
        #[arg(long)]
        poll: bool,
        #[command(flatten)]
        editing: Editing,
    },
}

/// How the editor's desk of the preview opens a file.
#[derive(Debug, Args)]
pub(super) struct Editing {
    /// The address by which a link opens a file, such as vscode://file/{path}:{line}:{column} [env: PORTOLAN_EDITOR_URL]
    #[arg(long, value_name = "ADDRESS", conflicts_with = "editor")]
    pub(super) editor_url: Option<EditorAddress>,
    /// The program that opens a file, with its arguments; {path}, {line} and {column} are filled in [env: VISUAL, EDITOR]
    #[arg(long, value_name = "COMMAND")]
    pub(super) editor: Option<EditorProgram>,
}

/// Where the preview listens.
#[derive(Debug, Args)]
pub(super) struct Listen {
    /// The port to listen on; where it is taken, one of the next 20; 0 is any free one
    #[arg(long, value_name = "N", default_value_t = 4000)]
    port: u16,
    /// The IP address to listen on; 0.0.0.0 lets other devices read the preview, drafts included
    #[arg(long, value_name = "ADDRESS", default_value = "localhost")]
    host: BindHost,
    /// Answer under this host name, too (a tunnel, a name in the local network); may be repeated
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<AllowedHost>,
}

impl From<&Listen> for preview::Listen {
    fn from(listen: &Listen) -> Self {
        Self {
            host: listen.host.clone(),
            port: listen.port,
            allowed: listen.allow_host.clone(),
        }
    }
}

/// What is imported.
#[derive(Debug, Subcommand)]
pub(super) enum ImportFrom {
    /// Import rulings in the JSON of the Customs Rulings Online Search System (CROSS)
    #[command(
        after_help = "Examples:\n  portolan import cross search.json detail.json\n  portolan import cross harvest/ --dry-run\n  portolan import cross rulings.jsonl --format json\n  portolan import cross other.jsonl --map number=ruling_id --map date=ruling_date\n\nA file that an editor changed is not overwritten: the report shows the difference. You can run the import again at\nany time; documents that did not change are not touched."
    )]
    Cross {
        /// Files of JSON, one record a line or one answer a file; letters as .txt; or folders of such files
        #[arg(required = true, value_name = "FILE|FOLDER")]
        sources: Vec<Utf8PathBuf>,
        /// The day on which the source was read; statuses are as of it [default: the date of its newest ruling]
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        through: Option<Date>,
        /// Which key of the records holds which field, for JSON that CROSS did not write
        #[arg(long, value_name = "FIELD=KEY")]
        map: Vec<String>,
        /// A file with such a mapping
        #[arg(long, value_name = "FILE")]
        mapping: Option<Utf8PathBuf>,
        #[command(flatten)]
        how: ImportOptions,
    },
    /// Import the rows of a table in CSV
    #[command(
        after_help = "Examples:\n  portolan import csv notices.csv --kind publication --map title=Title --map date=Issued\n  portolan import csv notices.csv --mapping notices.toml --dry-run\n\nA mapping file has `kind`, `folder`, and the tables [columns] and [constants]. A list is one cell with semicolons\nbetween its entries. `--map body=Text` gives the document's text."
    )]
    Csv {
        /// The table; its first row names the columns
        file: Utf8PathBuf,
        /// What each row is: ruling, decision, publication, update, message, finding, faq, event, or a kind of site.toml
        #[arg(long, value_name = "KIND")]
        kind: Option<String>,
        /// What the table becomes
        #[arg(long = "as", value_enum, default_value_t = TableUse::Documents)]
        purpose: TableUse,
        /// The name of the table in content/data/, for `--as table`
        #[arg(long, value_name = "NAME", required_if_eq("purpose", "table"))]
        name: Option<String>,
        /// Which column becomes which key
        #[arg(long, value_name = "KEY=COLUMN")]
        map: Vec<String>,
        /// A file with such a mapping
        #[arg(long, value_name = "FILE")]
        mapping: Option<Utf8PathBuf>,
        #[command(flatten)]
        how: ImportOptions,
    },
}

/// What a table becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TableUse {
    /// A document for each row.
    Documents,
    /// Roles of content/data/contacts.yaml.
    Contacts,
    /// A table in content/data/.
    Table,
}

/// How an import is done.
#[derive(Debug, Args)]
pub(super) struct ImportOptions {
    /// Report what would be written, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Take the import's version where an editor changed or deleted a file
    #[arg(long)]
    pub(super) overwrite: bool,
    /// How to print the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

/// What `build` and `check` have in common.
#[derive(Debug, clap::Args)]
pub(super) struct Checks {
    /// How to print problems: the first two on standard error, the others on standard output
    #[arg(long, value_enum, default_value_t = ReportFormat::Terminal)]
    pub(super) format: ReportFormat,
    /// Decide what is scheduled or expired as on this day [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(super) as_of: Option<Date>,
    /// Print each stage of the run with its seconds and counts
    #[arg(long)]
    pub(super) timings: bool,
    /// Read and check everything again instead of using what the last run left in .portolan/cache
    #[arg(long)]
    pub(super) no_cache: bool,
}

/// What `check` does beside reporting.
#[derive(Debug, clap::Args)]
pub(super) struct CheckOptions {
    /// Fail on warnings, too
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(super) deny: Option<Deny>,
    /// Apply the fixes that leave no choice, and report what is left
    #[arg(long)]
    pub(super) fix: bool,
    /// Show what --fix would change, and change nothing
    #[arg(long, requires = "fix", conflicts_with = "format")]
    pub(super) diff: bool,
    /// Check external links, too
    #[arg(long, conflicts_with = "diff")]
    pub(super) external: bool,
}

/// What `new` begins.
#[derive(Debug, clap::Args)]
pub(super) struct NewOptions {
    /// ruling, decision, publication, update, message, finding, faq, event, page, center, or a kind of site.toml
    pub(super) kind: String,
    /// Its number
    pub(super) number: Option<String>,
    /// A value of its front matter; may be repeated, for a list also with one key
    #[arg(long, value_name = "KEY=VALUE", value_parser = assignment)]
    pub(super) set: Vec<(String, String)>,
    /// Whose it is, by the name of the folder; several share it; `all` or `shared` [default: from the tariff numbers]
    #[arg(long, value_name = "CENTER")]
    pub(super) center: Vec<String>,
    /// The name of its file [default: from the number or the title]
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
    /// Do not open it
    #[arg(long)]
    pub(super) no_open: bool,
}

/// What `search` answers, and how.
#[derive(Debug, clap::Args)]
pub(super) struct SearchOptions {
    /// What a reader would type
    #[arg(allow_hyphen_values = true)]
    pub(super) query: String,
    /// The published site [default: public/ in the portal's folder]
    #[arg(long, value_name = "FOLDER")]
    pub(super) site: Option<Utf8PathBuf>,
    /// How to print the results
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// How many results
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(super) limit: usize,
    /// Replace no word that no document has by a similar one
    #[arg(long)]
    pub(super) as_typed: bool,
    /// Say what each score is made of
    #[arg(long)]
    pub(super) explain: bool,
}

/// Which documents `list` shows, and how.
#[derive(Debug, clap::Args)]
pub(super) struct ListFilter {
    /// Only those of a kind
    #[arg(long)]
    pub(super) kind: Option<String>,
    /// Only those of a Center, or of an office that issued them, by the name of its folder
    #[arg(long)]
    pub(super) center: Option<String>,
    /// Only rulings that are in-force, not-checked, modified, superseded or revoked, or decisions that were affirmed, reversed or
    /// vacated, or the latter two in part
    #[arg(long, value_parser = ["in-force", "not-checked", "modified", "superseded", "revoked", "affirmed", "reversed", "reversed-in-part", "vacated", "vacated-in-part"])]
    pub(super) status: Option<String>,
    /// Only those whose review is due
    #[arg(long)]
    pub(super) overdue: bool,
    /// Drafts and what is scheduled or expired, too
    #[arg(long)]
    pub(super) drafts: bool,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// Decide what is scheduled, expired or overdue as on this day [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(super) as_of: Option<Date>,
    /// Read and check everything again instead of using what the last run left in .portolan/cache
    #[arg(long)]
    pub(super) no_cache: bool,
}

fn assignment(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=');
    let (key, value) = parts.ok_or_else(|| "write it as key=value".to_owned())?;
    Ok((key.trim().to_owned(), value.trim().to_owned()))
}

fn day(text: &str) -> Result<Date, String> {
    // jiff accepts more forms of a date; a command line should look like front matter.
    let date: Option<Date> = text
        .parse()
        .ok()
        .filter(|date: &Date| date.to_string() == text);
    date.ok_or_else(|| "write a day as 2018-11-05".to_owned())
}

/// How problems are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    // Comments of one variant would make every help a page long; docs/checking.md tells more.
    Terminal,
    Short,
    Json,
    Github,
    Sarif,
}

/// What makes a check fail beside errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    Warnings,
}

/// When to color.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    // On a terminal, unless NO_COLOR is set.
    Auto,
    Always,
    Never,
}

/// How an answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    // For people.
    Text,
    // One JSON object.
    Json,
}
