//! What can be asked of the program.

use camino::Utf8PathBuf;
use clap::{Parser, Subcommand, ValueEnum};

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

/// How an answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Text,
    /// One JSON object.
    Json,
}
