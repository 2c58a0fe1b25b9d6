//! Which steps fit: present danger first, then the likeliest harm, then the next ones.

use recognise::Assessment;
use vocabulary::{Asker, Harm, ResultKind, Step, StepKind, Urgency, danger_steps, general_steps, harm_steps};

/// So many harms give advice; more would bury the first step.
const HARMS_THAT_ADVISE: usize = 2;
/// A second harm adds this many steps of each kind.
const FROM_A_SECOND_HARM: usize = 2;

pub(crate) struct Steps {
    pub todo: Vec<&'static Step>,
    pub leave: Vec<&'static Step>,
}

pub(crate) fn steps(assessment: &Assessment, urgency: Option<Urgency>, asker: Asker) -> Steps {
    let mut steps = Steps { todo: Vec::new(), leave: Vec::new() };
    let soon = urgency.unwrap_or(Urgency::WhenReady);
    if urgency == Some(Urgency::Now) {
        steps.add(danger_steps(assessment.harms.first().map(|h| h.code), asker), usize::MAX);
    }
    if assessment.result != ResultKind::Harm {
        steps.add(general_steps(assessment.result.code(), soon, asker), usize::MAX);
    }
    let harms: Vec<Harm> = assessment.harms.iter().map(|h| h.code).take(HARMS_THAT_ADVISE).collect();
    for (rank, harm) in harms.into_iter().enumerate() {
        steps.add(harm_steps(harm, soon, asker), if rank == 0 { usize::MAX } else { FROM_A_SECOND_HARM });
    }
    steps
}

impl Steps {
    fn add(&mut self, found: impl Iterator<Item = &'static Step>, most_of_a_kind: usize) {
        let mut left = [most_of_a_kind; 2];
        for step in found {
            let (list, left) = match step.kind {
                StepKind::Do => (&mut self.todo, &mut left[0]),
                StepKind::Dont => (&mut self.leave, &mut left[1]),
            };
            // `call_113` stands in the advice of several harms: the first one speaks for all.
            let name = |s: &Step| s.key.split_once('.').map(|(_, name)| name);
            if *left > 0 && !list.iter().any(|s| name(s) == name(step)) {
                list.push(step);
                *left -= 1;
            }
        }
    }
}
