//! What a person would otherwise do by hand more than once: `cargo xtask --help`.

mod corpus;
mod evaluate;
mod figures;
mod hosts;
mod rules;
mod schema;
mod train;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Tasks of the project", long_about = None)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Measure quality on the held-out split and write docs/evaluation.md.
    Evaluate(evaluate::Args),
    /// Build the list of known hosts that is shipped, from the public sets.
    Hosts {
        /// `--data FOLDER [--out FILE] [--date YYYYMMDD]`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Show what the rules find in the training corpus, and what they miss.
    Rules(rules::Args),
    /// Draw the JSON Schema of an assessment.
    Schema,
    /// Train the weights that are shipped, from the corpus and the public sets.
    Train(train::Args),
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().task {
        Task::Evaluate(args) => evaluate::run(&args),
        Task::Hosts { args } => hosts::run(&args).map_err(|e| anyhow::anyhow!("{e}")),
        Task::Rules(args) => rules::run(&args),
        Task::Schema => schema::run(),
        Task::Train(args) => train::run(&args),
    }
}

/// SHA-256 in hex.
fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
