//! What a person would otherwise do by hand more than once.
fn main() {}
