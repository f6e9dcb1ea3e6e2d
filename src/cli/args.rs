//! What can be asked of the program.

use camino::Utf8PathBuf;
use clap::{Args, Parser, Subcommand, ValueEnum};

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
    },
}

/// What is taken in.
#[derive(Debug, Subcommand)]
pub(super) enum ImportFrom {
    /// Take in rulings as the Customs Rulings Online Search System gives them, in JSON
    #[command(
        after_help = "Examples:\n  portolan import cross search.json detail.json\n  portolan import cross harvest/ --dry-run\n  portolan import cross rulings.jsonl --format json\n\nA file that an editor changed is not written over: the report shows the difference. Run it again as often as you\nlike; what did not change is not touched."
    )]
    Cross {
        /// Files of JSON, one record a line or one answer a file, or folders of such files
        #[arg(required = true, value_name = "FILE|FOLDER")]
        sources: Vec<Utf8PathBuf>,
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

/// How an answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Text,
    /// One JSON object.
    Json,
}
