//! How fast a file is sealed and opened, and how long the derivations take:
//! `cargo run --release -p seal --example speed`.

#![expect(clippy::print_stdout, reason = "an example that prints")]

use getrandom::{SysRng, rand_core::UnwrapErr};
use seal::{Identity, Receipt, passphrase::Derived, stream, work};
use std::{hint::black_box, time::Instant};

const PIECE: usize = 1 << 20;
const PIECES: u64 = 256;

fn main() {
    let (case, piece) = (Identity::generate(), vec![7; PIECE]);
    let mut rng = UnwrapErr(SysRng);
    let megabytes = (PIECE as u64 * PIECES) as f64 / 1e6;

    let mut pieces = Vec::new();
    let start = Instant::now();
    let mut sealer = stream::Sealer::new(&case.recipient(), PIECE as u64 * PIECES, &mut rng).expect("a fair length");
    for _ in 0..PIECES {
        pieces.push(sealer.push(&piece).expect("as announced"));
    }
    pieces.push(sealer.finish().expect("as announced").bytes);
    println!("seal and hash: {:.0} MB/s", megabytes / start.elapsed().as_secs_f64());

    let start = Instant::now();
    let mut opener = stream::Opener::new(&case);
    for piece in &pieces {
        black_box(opener.push(piece).expect("unaltered"));
    }
    opener.finish().expect("whole");
    println!("open and hash: {:.0} MB/s", megabytes / start.elapsed().as_secs_f64());

    let receipt = Receipt::generate(&mut rng);
    let start = Instant::now();
    black_box(receipt.derive(&[1; 16]));
    println!("receipt: {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    let start = Instant::now();
    black_box(Derived::new("passphrase", &[1; 16]));
    println!("passphrase: {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    let start = Instant::now();
    black_box(work::solve(b"challenge", 255, 0, 1 << 20));
    println!("proof of work: {:.1} million hashes/s", 1.048_576 / start.elapsed().as_secs_f64());
}
