//! Nothing that was acknowledged is lost, nothing is there twice, nothing half: the release server in its own process,
//! under reports from many devices, while it is killed, its disk fills up, and what it stands on goes away. The devices'
//! own list of acknowledgements is the oracle. `acknowledged_lost` is written for each store.

mod device;
mod disk;
mod stand;

use crate::{
    bench,
    figures::{self, Measured},
};
use anyhow::{Result, bail, ensure};
use device::Ledger;
use stand::Stand;
use std::{
    collections::{HashMap, HashSet},
    path::Path,
    sync::{Arc, atomic::Ordering},
    thread,
    time::{Duration, Instant},
};

/// Devices that send at once.
const DEVICES: usize = 6;
/// However fast it takes reports, it is struck as often as this.
const FAULTS: usize = 60;
/// Longer than this without a new acknowledgement is a server that doesn't come back.
const PATIENCE: Duration = Duration::from_mins(3);

/// Each store until so many reports were acknowledged.
pub fn run(reports: usize) -> Result<()> {
    let binary = bench::release("--package haidang", "haidang")?;
    let mut lost = 0;
    for stand in Stand::all()? {
        lost += one(&binary, stand, reports)?;
    }
    let measured = Measured::new("acknowledged_lost", lost as f64, "reports lost, double or half");
    figures::write(&[measured], "cargo xtask prove")?;
    ensure!(lost == 0, "{lost} reports were lost, are there twice, or half");
    Ok(())
}

fn one(binary: &Path, mut stand: Stand, reports: usize) -> Result<usize> {
    let recipient = stand.prepare()?;
    let mut house = Some(stand.serve(binary)?);
    let ledger = Arc::new(Ledger::at(house.as_ref().expect("it was just started").address()));
    let devices: Vec<_> = (0..DEVICES)
        .map(|_| {
            let (ledger, recipient) = (Arc::clone(&ledger), recipient.clone());
            thread::spawn(move || device::send(&ledger, &recipient))
        })
        .collect();
    let kept = || ledger.kept.lock().expect("no holder panics").len();
    let mut gave_up = false;
    let (mut faults, mut last, mut since) = (HashMap::<&str, usize>::new(), 0, Instant::now());
    while kept() < reports || faults.values().sum::<usize>() < FAULTS {
        thread::sleep(Duration::from_millis(100 + u64::from(device::random::<1>()[0]) * 4));
        let fault = stand.strike(&mut house, binary)?;
        *faults.entry(fault).or_default() += 1;
        *ledger.server.lock().expect("no holder panics") = house.as_ref().expect("it was started again").address();
        if kept() > last {
            (last, since) = (kept(), Instant::now());
        }
        gave_up = since.elapsed() > PATIENCE || devices.iter().any(thread::JoinHandle::is_finished);
        if gave_up {
            break;
        }
    }
    ledger.is_over.store(true, Ordering::Relaxed);
    for device in devices {
        match device.join() {
            Ok(outcome) => outcome?,
            Err(_) => bail!("a device panicked"),
        }
    }
    drop(house);
    stand.heal()?;
    let acknowledged = kept();
    ensure!(
        acknowledged >= reports && !gave_up,
        "only {acknowledged} of {reports} reports were ever acknowledged ({faults:?})"
    );
    let wrong = examine(&stand, &ledger)?;
    println!("{}: {acknowledged} reports acknowledged under {faults:?}; {wrong} lost, double or half", stand.name());
    Ok(wrong)
}

/// What the store holds against what the devices were told.
fn examine(stand: &Stand, ledger: &Ledger) -> Result<usize> {
    let begun = ledger.begun.lock().expect("no holder panics");
    let begun: HashMap<_, _> = begun.iter().map(|sent| (sent.id, sent)).collect();
    let found = stand.found(|id| begun.get(id).and_then(|sent| sent.file))?;
    let mut wrong = 0;
    let mut seen = HashSet::new();
    for case in &found {
        let whole = begun.get(&case.id).is_some_and(|sent| sent.leaves == case.leaves && sent.file == case.file);
        // Nobody sent it, or it is half, or it is there twice.
        wrong += usize::from(!whole || !seen.insert(case.id));
    }
    let kept = ledger.kept.lock().expect("no holder panics");
    Ok(wrong + kept.iter().filter(|sent| !seen.contains(&sent.id)).count())
}
