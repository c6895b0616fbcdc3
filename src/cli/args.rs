//! The command line as types. Scripts outside the project use these names.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Turns bilingual Markdown guidance into a searchable, portable, safe static site.
///
/// Exit codes: 0 fine, 1 the content has errors and nothing was written, 2 could not run.
#[derive(Debug, Parser)]
#[command(name = "rahnuma", version, propagate_version = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build the site into a folder
    Build(Build),
    /// Build, serve on this machine, and rebuild and reload on every change
    Serve(Serve),
    /// Report what is wrong with the content, and write nothing
    Check(Check),
    /// Start a new bilingual site in an empty folder
    Init(Init),
    /// Start a new article in every language
    New(New),
    /// Record that a translation has been checked against its source as it is now
    Translated(Translated),
    /// Make the downloads alone: a zip for computers, a single file for phones
    Bundle(Bundle),
    /// Search a site as its readers do
    Search(Search),
    /// Print a completion script for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Build {
    /// Folder that holds content/
    #[arg(default_value = ".")]
    pub(crate) root: PathBuf,
    /// Where to write [default: ROOT/public]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Full address of the hosted site; overrides base_url of site.yaml
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// Include drafts and pages that are not due yet
    #[arg(long)]
    pub(crate) drafts: bool,
    /// Treat warnings as errors
    #[arg(long)]
    pub(crate) strict: bool,
    /// The day to build for [default: SOURCE_DATE_EPOCH, else today in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<String>,
    /// Also make the downloads in OUT/downloads/
    #[arg(long)]
    pub(crate) with_downloads: bool,
    /// Print how long each stage took
    #[arg(long)]
    pub(crate) timings: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Folder that holds content/
    #[arg(default_value = ".")]
    pub(crate) root: PathBuf,
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    pub(crate) host: String,
    /// Port to listen on
    #[arg(long, default_value_t = 4000)]
    pub(crate) port: u16,
    /// Open the site in the browser
    #[arg(long)]
    pub(crate) open: bool,
    /// Include drafts and pages that are not due yet
    #[arg(long)]
    pub(crate) drafts: bool,
}

/// How to print diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With source lines, for people
    Human,
    /// One JSON object
    Json,
    /// GitHub workflow commands
    Github,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Folder that holds content/
    #[arg(default_value = ".")]
    pub(crate) root: PathBuf,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    /// Treat warnings as errors
    #[arg(long)]
    pub(crate) strict: bool,
    /// The day to check for [default: SOURCE_DATE_EPOCH, else today in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    /// A folder that does not exist yet, or is empty
    pub(crate) dir: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct New {
    /// guidance, sop, law, event, training, glossary, directory, statistics or page
    #[arg(value_name = "TYPE")]
    pub(crate) page_type: String,
    /// Path below the language folder, such as guidance/age-doubt
    pub(crate) name: String,
    /// Folder that holds content/
    #[arg(default_value = ".")]
    pub(crate) root: PathBuf,
    /// Title in a language, such as `en=Age in doubt`; may be repeated
    #[arg(long, value_name = "LANG=TEXT")]
    pub(crate) title: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Translated {
    /// The translation: its file, content/ur/sop/interview.md, or language and id, ur/sop/interview
    pub(crate) page: PathBuf,
    /// Folder that holds content/
    #[arg(default_value = ".")]
    pub(crate) root: PathBuf,
}

/// Which download to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BundleFormat {
    /// The whole site
    Zip,
    /// One self-contained HTML file for each language
    Pocket,
}

#[derive(Debug, Args)]
pub(crate) struct Bundle {
    /// Folder that holds content/
    #[arg(default_value = ".")]
    pub(crate) root: PathBuf,
    /// Where to write
    #[arg(long, value_name = "DIR", default_value = "./dist")]
    pub(crate) out: PathBuf,
    /// Only this one [default: both]
    #[arg(long, value_enum)]
    pub(crate) format: Option<BundleFormat>,
    /// Full address of the hosted site; overrides base_url of site.yaml
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// The day to build for [default: SOURCE_DATE_EPOCH, else today in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// Words in any language of the site; `-` reads queries from standard input, one a line
    pub(crate) query: String,
    /// Folder that holds content/
    #[arg(default_value = ".")]
    pub(crate) root: PathBuf,
    /// A built site to search in place of ROOT
    #[arg(long, value_name = "DIR", conflicts_with = "root")]
    pub(crate) site: Option<PathBuf>,
    /// The reader's language, whose pages stand first [default: the site's first]
    #[arg(long, value_name = "CODE")]
    pub(crate) lang: Option<String>,
    /// Most pages
    #[arg(long, default_value_t = 10)]
    pub(crate) limit: usize,
    /// Print one JSON object for each query
    #[arg(long)]
    pub(crate) json: bool,
}
