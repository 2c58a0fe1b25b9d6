//! How long the supervisor's lists and the figures of an organisation take: `overview FOLDER ORGANISATION`.

use casework::{
    CaseId, Timing,
    figures::{Figures, shown},
};
use std::time::Instant;
use store::{Store, View};

const AT_ONCE: u32 = 2000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let (folder, organisation) = (words.next().ok_or("a folder")?, words.next().ok_or("an organisation")?);
    let store = Store::open_to_look(std::path::PathBuf::from(folder)).await?;
    let (from, now) = (1_793_000_000, 1_795_582_800);
    let began = Instant::now();
    let loads = store.loads(&organisation, now).await?;
    println!("loads of {} members: {:?}", loads.len(), began.elapsed());
    let began = Instant::now();
    println!("without a step: {} in {:?}", store.without_step(&organisation).await?, began.elapsed());
    let began = Instant::now();
    let rows = store.inbox(&organisation, View::SecondEyes, None, 50).await?;
    println!("second pair of eyes: {} in {:?}", rows.len(), began.elapsed());
    let began = Instant::now();
    let drawn = store.drawn_closed(&organisation, (from, now), 5).await?;
    println!("drawn for review: {} in {:?}", drawn.len(), began.elapsed());
    let began = Instant::now();
    let (mut figures, mut behind, mut counted) = (Figures::default(), CaseId([0; 16]), 0);
    loop {
        let part = store.counted(&organisation, behind, AT_ONCE).await?;
        let Some((last, _)) = part.last() else { break };
        behind = *last;
        counted += part.len();
        for (_, case) in &part {
            figures.add(case, &Timing::default(), now);
        }
    }
    println!("figures of {counted} cases: {:?}", began.elapsed());
    let began = Instant::now();
    let tables = figures.0.values().flat_map(|year| year.tables.values());
    let cells: usize =
        tables.map(|table| shown(&table.values().copied().collect::<Vec<_>>()).map_or(0, |cells| cells.len())).sum();
    println!("{cells} cells as they may be shown: {:?}", began.elapsed());
    Ok(())
}
