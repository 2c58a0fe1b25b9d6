//! How long links take: `cargo run --release -p recognise --example links_timing`.
#![expect(clippy::print_stdout, reason = "an example speaks to a person")]

use recognise::links::{self, HostList};
use std::hint::black_box;
use std::time::Instant;

fn main() {
    let hosts = HostList::shipped();
    println!("{hosts:?}");
    time("open the shipped list", 200, || drop(black_box(HostList::shipped())));
    let plain = "Em đi học về rồi nè, tối nay mẹ nấu món gì vậy ạ, con đói";
    time("find, 52 letters without a dot", 2_000_000, || drop(black_box(links::read(black_box(plain), &hosts))));
    let dots = "Em đi học về rồi. Tối nay mẹ nấu món gì. Con đói 3.5 lần";
    time("find, full stops only", 1_000_000, || drop(black_box(links::read(black_box(dots), &hosts))));
    for link in ["vietcombank.com.vn", "https://vcb-xacthuc.top/nhan-qua", "https://tiembanhngot.vn/", "m.lucky88.com"]
    {
        time(&format!("judge {link}"), 20_000, || drop(black_box(links::judge_link(black_box(link), &hosts))));
    }
    for host in ["vietcombank.com.vn", "tiembanhngot.vn", "m.lucky88.com", "a.b.c.example.com"] {
        time(&format!("look up {host}"), 500_000, || _ = black_box(hosts.find(black_box(host))));
    }
    let wrong = (0..5_000_000_u32).filter(|i| hosts.find(&format!("t{}ot{i}.vn", i % 977)).is_some()).count();
    println!("false hits among 5,000,000 hosts never listed: {wrong}");
}

fn time(what: &str, times: u32, run: impl Fn()) {
    let start = Instant::now();
    (0..times).for_each(|_| run());
    println!("{what}: {} ns", start.elapsed().as_nanos() / u128::from(times));
}
