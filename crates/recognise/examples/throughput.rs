//! Messages a second on one core: `throughput FILE SECONDS`, a message a line. Used by `cargo xtask bench`.

use recognise::{Recogniser, Scratch};
use std::{hint::black_box, time::Instant};

fn main() {
    let mut args = std::env::args().skip(1);
    let path = args.next().expect("usage: throughput FILE SECONDS");
    let seconds: f64 = args.next().and_then(|s| s.parse().ok()).unwrap_or(2.0);
    let text = std::fs::read_to_string(&path).expect("a file of messages");
    let messages: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    let recogniser = Recogniser::shipped();
    let mut scratch = Scratch::default();
    let mut round = || {
        for message in &messages {
            black_box(recogniser.assess_with(black_box(message), &mut scratch)).expect("a message that can be read");
        }
    };
    round(); // warm
    let (start, mut rounds) = (Instant::now(), 0);
    while start.elapsed().as_secs_f64() < seconds {
        round();
        rounds += 1;
    }
    #[expect(clippy::print_stdout, reason = "this is what it is for")]
    {
        println!("{:.0}", f64::from(rounds) * messages.len() as f64 / start.elapsed().as_secs_f64());
    }
}
