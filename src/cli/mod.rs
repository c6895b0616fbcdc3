//! The terminal edge: arguments, printing, exit codes, the clock and the environment. In: what the user typed. Out: an exit code.
//! Everything it does is a few calls into the library.

mod args;
mod build;
mod bundle;
mod check;
mod files;
mod init;
mod live;
mod new;
mod search;
mod serve;
mod starter;
mod template;
mod terminal;
mod translated;

use clap::{CommandFactory, Parser};
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// 0.
    Fine,
    /// 1: problems in the content.
    Problems,
}

/// Why a command could not run: exit code 2 and one message.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Failure(error.to_string())
    }
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let cli = match args::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // Nothing can be done about a terminal that is gone.
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| match cli.command {
        args::Command::Build(args) => build::run(&args),
        args::Command::Serve(args) => serve::run(&args),
        args::Command::Check(args) => check::run(&args),
        args::Command::Init(args) => init::run(&args),
        args::Command::New(args) => new::run(&args),
        args::Command::Translated(args) => translated::run(&args),
        args::Command::Bundle(args) => bundle::run(&args),
        args::Command::Search(args) => search::run(&args),
        args::Command::Completions { shell } => {
            clap_complete::generate(shell, &mut args::Cli::command(), "rahnuma", &mut std::io::stdout());
            Ok(End::Fine)
        }
    }));
    match result {
        Ok(Ok(End::Fine)) => ExitCode::SUCCESS,
        Ok(Ok(End::Problems)) => ExitCode::from(1),
        Ok(Err(Failure(message))) => {
            terminal::complain(&message);
            ExitCode::from(2)
        }
        Err(_) => {
            terminal::complain("a defect in rahnuma stopped the work; nothing was put into place. Please report what is printed above");
            ExitCode::from(2)
        }
    }
}
