//! The recogniser for Python. What Python sees is described in `haidang_recognise.pyi`, for people in `README.md`.
//!
//! Reading happens without Python's lock, so that threads of Python read side by side, and a batch is dealt to all cores.
//! Assessments cross over as JSON, so that they are the same as the command line's, the API's and the browser's.
//!
//! Deliberately absent: any file, any network, any memory of an earlier text.

mod columns;
mod texts;

use columns::Columns;
use pyo3::{
    create_exception,
    exceptions::PyValueError,
    intern,
    prelude::*,
    types::{PyDict, PyList, PyTuple},
};
use recognise::{Assessment, HostList, MAX_INPUT_BYTES};
use serde_json::json;
use vocabulary::{Harm, ResultKind, Urgency};

create_exception!(
    haidang_recognise,
    InputError,
    PyValueError,
    "A text that can't be read. `code` says why: `empty`, `too_long` or `not_text`."
);

/// What one text came to.
type Outcome = Result<Assessment, recognise::InputError>;

/// Rules, model and host list, ready to read texts. Immutable: share one between threads.
#[pyclass(frozen, module = "haidang_recognise")]
struct Recogniser(recognise::Recogniser);

#[pymethods]
impl Recogniser {
    /// Makes the recogniser ready; `hosts` is a list of known hosts in the place of the one that comes with it.
    #[new]
    #[pyo3(signature = (*, hosts = None))]
    fn new(py: Python<'_>, hosts: Option<&[u8]>) -> PyResult<Self> {
        let hosts = hosts.map(HostList::from_bytes).transpose();
        let hosts = hosts.map_err(|error| PyValueError::new_err(error.to_string()))?;
        let shipped = py.detach(recognise::Recogniser::shipped);
        Ok(Self(match hosts {
            Some(hosts) => shipped.with_hosts(hosts),
            None => shipped,
        }))
    }

    /// Version of rules and model, as it stands in each assessment.
    #[getter]
    fn version(&self) -> &str {
        self.0.version()
    }

    /// Reads one text: a message, a link or a pasted chat.
    #[pyo3(signature = (text, /))]
    fn assess<'py>(&self, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let (py, text) = (text.py(), texts::one(text)?);
        let outcome = py.detach(|| text.read(&self.0, &mut recognise::Scratch::default()));
        match outcome {
            Ok(assessment) => loads(py)?.call1((line(&assessment),)),
            Err(error) => Err(refused(py, &error)),
        }
    }

    /// Reads many texts on several cores; what can't be read has `{"error": code}` in its place.
    #[pyo3(signature = (texts, /, *, threads = 0))]
    fn assess_many<'py>(&self, texts: &Bound<'py, PyAny>, threads: usize) -> PyResult<Bound<'py, PyList>> {
        let (py, texts) = (texts.py(), texts::many(texts)?);
        let lines = py.detach(|| {
            texts::read_all(&self.0, &texts, threads, |outcome| match outcome {
                Ok(assessment) => line(&assessment),
                Err(error) => json!({ "error": error.code() }).to_string(),
            })
        });
        let loads = loads(py)?;
        let read: PyResult<Vec<_>> = lines.into_iter().map(|line| loads.call1((line,))).collect();
        PyList::new(py, read?)
    }

    /// Reads many texts into columns of numbers, for numpy and its like.
    #[pyo3(signature = (texts, /, *, threads = 0))]
    fn assess_columns<'py>(&self, texts: &Bound<'py, PyAny>, threads: usize) -> PyResult<Bound<'py, PyDict>> {
        let (py, texts) = (texts.py(), texts::many(texts)?);
        let columns = py.detach(|| Columns::of(&texts::read_all(&self.0, &texts, threads, columns::row)));
        columns.into_python(py)
    }
}

/// The assessment as JSON on one line.
fn line(assessment: &Assessment) -> String {
    serde_json::to_string(assessment).expect("all keys of an assessment are strings")
}

fn loads(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    py.import(intern!(py, "json"))?.getattr(intern!(py, "loads"))
}

/// The exception for a text that can't be read.
fn refused(py: Python<'_>, error: &recognise::InputError) -> PyErr {
    let refused = InputError::new_err(error.to_string());
    match refused.value(py).setattr(intern!(py, "code"), error.code()) {
        Ok(()) => refused,
        Err(other) => other,
    }
}

/// The recogniser of Hải Đăng: reads a message, a chat or a link and says which harm it looks like, and by which words.
#[pymodule]
fn haidang_recognise(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("MAX_INPUT_BYTES", MAX_INPUT_BYTES)?;
    module.add("RESULTS", PyTuple::new(py, ResultKind::ALL.iter().map(|result| result.code()))?)?;
    module.add("HARMS", PyTuple::new(py, Harm::ALL.iter().map(|harm| harm.code()))?)?;
    module.add("URGENCIES", PyTuple::new(py, Urgency::ALL.iter().map(|urgency| urgency.code()))?)?;
    module.add("InputError", py.get_type::<InputError>())?;
    module.add_class::<Recogniser>()
}
