//! Assessments as columns of numbers: what numpy takes over without copying.

use crate::Outcome;
use pyo3::{
    intern,
    prelude::*,
    types::{PyBytes, PyDict, PyMemoryView},
};
use vocabulary::Harm;

/// In a column of places: nothing there.
const NONE: i8 = -1;

/// One text's numbers.
pub struct Row {
    result: i8,
    urgency: i8,
    probability: [f32; Harm::ALL.len()],
}

/// What of an assessment becomes numbers.
pub fn row(outcome: Outcome) -> Row {
    let mut row = Row { result: NONE, urgency: NONE, probability: [0.0; Harm::ALL.len()] };
    if let Ok(assessment) = outcome {
        row.result = assessment.result as i8;
        row.urgency = assessment.urgency.map_or(NONE, |urgency| urgency as i8);
        for harm in &assessment.harms {
            row.probability[harm.code as usize] = harm.probability;
        }
    }
    row
}

/// The numbers of many texts, each column in one piece.
pub struct Columns {
    result: Vec<u8>,
    urgency: Vec<u8>,
    /// Row by row, in the machine's order of bytes.
    probability: Vec<u8>,
}

impl Columns {
    pub fn of(rows: &[Row]) -> Self {
        Self {
            result: rows.iter().map(|row| row.result.cast_unsigned()).collect(),
            urgency: rows.iter().map(|row| row.urgency.cast_unsigned()).collect(),
            probability: rows.iter().flat_map(|row| row.probability).flat_map(f32::to_ne_bytes).collect(),
        }
    }

    /// As read-only views with type and shape.
    pub fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
        let texts = self.result.len();
        let columns = PyDict::new(py);
        columns.set_item(intern!(py, "result"), view(py, &self.result)?.call_method1("cast", ("b",))?)?;
        columns.set_item(intern!(py, "urgency"), view(py, &self.urgency)?.call_method1("cast", ("b",))?)?;
        let flat = view(py, &self.probability)?;
        // Python has no view of no rows.
        let shaped = match texts {
            0 => flat.call_method1("cast", ("f",))?,
            _ => flat.call_method1("cast", ("f", [texts, Harm::ALL.len()]))?,
        };
        columns.set_item(intern!(py, "probability"), shaped)?;
        Ok(columns)
    }
}

fn view<'py>(py: Python<'py>, bytes: &[u8]) -> PyResult<Bound<'py, PyMemoryView>> {
    PyMemoryView::from(PyBytes::new(py, bytes).as_any())
}
