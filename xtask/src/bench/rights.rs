//! How many cells of the policy of rights no test compares with its page: role × action × relation × platform.

use crate::figures::Measured;
use anyhow::{Result, ensure};
use std::fs;

pub fn measure() -> Result<Vec<Measured>> {
    let compared = rights::compare(&fs::read_to_string("docs/rights.md")?);
    ensure!(compared.wrong.is_empty(), "docs/rights.md says otherwise than the policy: {:?}", compared.wrong);
    println!("{} cells are compared", compared.agreed);
    Ok(vec![Measured::new("policy_cells_untested", compared.unsaid as f64, "cells")])
}
