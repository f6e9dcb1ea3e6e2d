//! What can be asked of the program.

use camino::Utf8PathBuf;
use clap::{Args, Parser, Subcommand, ValueEnum};
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
    /// When to color what is said
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(super) color: Color,
    /// Say nothing but problems and failures
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Begin a new portal with one Center and a document of each kind
    #[command(
        after_help = "Example:\n  portolan init my-portal\n  portolan serve --root my-portal"
    )]
    Init {
        /// A folder that does not exist yet, or is empty
        folder: Utf8PathBuf,
    },
    /// Make the site, whole or not at all
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
    /// Find every problem without making the site
    #[command(
        after_help = "Examples:\n  portolan check\n  portolan check --deny warnings --format github\n  portolan check --fix --diff\n  portolan check --fix\n  portolan check --external"
    )]
    Check {
        #[command(flatten)]
        checks: Checks,
        /// Fail on warnings, too
        #[arg(long, value_enum, value_name = "WHAT")]
        deny: Option<Deny>,
        /// Mend what has only one mend, and report what is left
        #[arg(long)]
        fix: bool,
        /// Show what --fix would change, and change nothing
        #[arg(long, requires = "fix", conflicts_with = "format")]
        diff: bool,
        /// Try every link that leads out of the portal, too
        #[arg(long, conflicts_with = "diff")]
        external: bool,
    },
    /// List the documents with what follows from them together
    #[command(
        after_help = "Examples:\n  portolan list --format json\n  portolan list --kind ruling --status revoked\n  portolan list --overdue"
    )]
    List(ListFilter),
    /// Print the JSON Schema of a kind's front matter, for editors and other programs
    #[command(after_help = "Example:\n  portolan schema ruling > ruling.schema.json")]
    Schema {
        /// ruling, decision, publication, update, page, center, or a kind of site.toml
        kind: String,
    },
    /// Say what the code of a problem means
    #[command(after_help = "Examples:\n  portolan explain\n  portolan explain P0023")]
    Explain {
        /// A code such as P0023; without one, all are listed
        code: Option<String>,
    },
    /// Take in rulings of CROSS, or the rows of a table
    Import {
        #[command(subcommand)]
        from: ImportFrom,
    },
    /// Search a published site from the terminal
    #[command(
        after_help = "Examples:\n  portolan search \"T-shirt\"\n  portolan search 'hts:6109 -knit' --format json --limit 20"
    )]
    Search {
        /// What a reader would type
        #[arg(allow_hyphen_values = true)]
        query: String,
        /// The published site [default: public/ in the portal's folder]
        #[arg(long, value_name = "FOLDER")]
        site: Option<Utf8PathBuf>,
        /// How to print the answer
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// How many hits
        #[arg(long, value_name = "N", default_value_t = 10)]
        limit: usize,
    },
    /// Preview the site on this machine and keep open pages up to date
    #[command(
        after_help = "Examples:\n  portolan serve\n  portolan serve --root my-portal --port 8080"
    )]
    Serve {
        /// The port to listen on; 0 is any free one
        #[arg(long, value_name = "N", default_value_t = 4000)]
        port: u16,
        /// Show what readers will see on this day [default: today, with drafts and all that is scheduled or expired]
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        as_of: Option<Date>,
    },
}

/// What is taken in.
#[derive(Debug, Subcommand)]
pub(super) enum ImportFrom {
    /// Take in rulings as the Customs Rulings Online Search System gives them, in JSON
    #[command(
        after_help = "Examples:\n  portolan import cross search.json detail.json\n  portolan import cross harvest/ --dry-run\n  portolan import cross rulings.jsonl --format json\n  portolan import cross other.jsonl --map number=ruling_id --map date=ruling_date\n\nA file that an editor changed is not written over: the report shows the difference. Run it again as often as you\nlike; what did not change is not touched."
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
        /// A file that says so
        #[arg(long, value_name = "FILE")]
        mapping: Option<Utf8PathBuf>,
        #[command(flatten)]
        how: ImportOptions,
    },
    /// Take in the rows of a table, saved as CSV
    #[command(
        after_help = "Examples:\n  portolan import csv notices.csv --kind publication --map title=Title --map date=Issued\n  portolan import csv notices.csv --mapping notices.toml --dry-run\n\nA mapping file has `kind`, `folder`, and the tables [columns] and [constants]. Entries of a list stand in one cell\nwith semicolons between them. `--map body=Text` gives the document's text."
    )]
    Csv {
        /// The table; its first row names the columns
        file: Utf8PathBuf,
        /// What each row is: ruling, decision, publication, update, or a kind of site.toml
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
        /// A file that says so
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
    /// Say what would be done, and write nothing
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
    /// Only rulings that are in-force, not-checked, modified, superseded or revoked
    #[arg(long, value_parser = ["in-force", "not-checked", "modified", "superseded", "revoked"])]
    pub(super) status: Option<String>,
    /// Only those whose day of review has come
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
}

fn day(text: &str) -> Result<Date, String> {
    // jiff reads other forms of a date, too; a command line should look like front matter.
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
    /// For people.
    Text,
    /// One JSON object.
    Json,
}
