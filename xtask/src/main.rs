//! What a person would otherwise do by hand more than once.
mod hosts;
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.split_first() {
        Some((task, rest)) if task == "hosts" => hosts::run(rest),
        _ => Err("tasks: hosts".into()),
    }
}
