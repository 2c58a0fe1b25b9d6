//! What a person would otherwise do by hand more than once: `cargo xtask --help`.

mod agreement;
mod assets;
mod bench;
mod corpus;
mod corpus_check;
mod evaluate;
mod figures;
mod hosts;
mod icons;
mod pictures;
mod prove;
mod rules;
mod schema;
mod screenshots;
mod shell;
mod test;
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
    /// Write docs/assets.sha256, the hashes of every file that browsers get.
    Assets,
    /// Measure speed, bytes and memory, ours beside peers; write docs/figures.json and docs/benchmarks.md.
    Bench(bench::Args),
    /// Check the corpus: ids, counts, leaks between the splits, the frozen test split.
    Corpus,
    /// Measure quality on the held-out split and write docs/evaluation.md.
    Evaluate(evaluate::Args),
    /// Everything long: full fuzz, load, benchmarks, evaluation, a clean build. Writes the figures.
    Prove(prove::Args),
    /// Build the list of known hosts that is shipped, from the public sets.
    Hosts {
        /// `--data FOLDER [--out FILE] [--date YYYYMMDD]`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Draw the icons as PNG from their SVG.
    Icons,
    /// Show what the rules find in the training corpus, and what they miss.
    Rules(rules::Args),
    /// Draw the JSON Schema of an assessment.
    Schema,
    /// Take pictures of the pages, for the README or for looking at.
    Screenshots(screenshots::Args),
    /// Everything that must pass before a change lands; installs what it needs.
    Test(test::Args),
    /// Train the weights that are shipped, from the corpus and the public sets.
    Train(train::Args),
}

fn main() -> std::process::ExitCode {
    // Started once more by `prove`, as the storage that the server stands on.
    neighbours::S3::serve_if_told();
    // Paths are given from the repository's root, wherever one stands when calling.
    if let Some(here) = std::env::var_os("CARGO_MANIFEST_DIR") {
        std::env::set_current_dir(std::path::Path::new(&here).join("..")).expect("the repository is there");
    }
    let done = match Cli::parse().task {
        Task::Assets => assets::write(),
        Task::Bench(args) => bench::run(&args),
        Task::Corpus => corpus_check::check(),
        Task::Evaluate(args) => evaluate::run(&args),
        Task::Prove(args) => prove::run(&args),
        Task::Hosts { args } => hosts::run(&args).map_err(|e| anyhow::anyhow!("{e}")),
        Task::Icons => icons::run(),
        Task::Rules(args) => rules::run(&args),
        Task::Schema => schema::run(),
        Task::Screenshots(args) => screenshots::run(&args),
        Task::Test(args) => test::run(&args),
        Task::Train(args) => train::run(&args),
    };
    // The reasons, not a backtrace: each says what to do.
    done.map_or_else(
        |error| {
            eprintln!("\nerror: {error:#}");
            std::process::ExitCode::FAILURE
        },
        |()| std::process::ExitCode::SUCCESS,
    )
}

/// SHA-256 in hex.
fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
