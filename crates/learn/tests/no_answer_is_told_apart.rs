//! A teacher who keeps every board of a lesson can't tell what a single pupil answered: for each answer there is another
//! that would have brought the very same boards.

use learn::class::{Board, Class, TOGETHER};
use proptest::prelude::*;

fn id(number: usize) -> [u8; 16] {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&number.to_le_bytes());
    id
}

/// Every board that is seen while these answers to one step come in, one by one.
fn boards(options: usize, answers: &[u8]) -> Vec<Board> {
    let mut class = Class::with_options([options]);
    let mut seen = vec![class.board()];
    for (pupil, answer) in answers.iter().enumerate() {
        class.take(id(pupil), 0, *answer).unwrap();
        seen.push(class.board());
    }
    seen
}

/// All ways to answer a batch.
fn batches(options: usize) -> impl Iterator<Item = Vec<u8>> {
    let all = options.pow(TOGETHER as u32);
    (0..all).map(move |number| (0..TOGETHER).map(|at| (number / options.pow(at as u32) % options) as u8).collect())
}

/// Not only by chance: every batch that a step with two, three or four options can have.
#[test]
fn in_every_batch_each_answer_could_have_been_another() {
    for options in 2..=4 {
        let all: Vec<(Vec<u8>, Vec<Board>)> =
            batches(options).map(|batch| (batch.clone(), boards(options, &batch))).collect();
        for (batch, seen) in &all {
            for at in 0..TOGETHER {
                let other = all.iter().any(|(other, others)| other[at] != batch[at] && others == seen);
                assert!(other, "{batch:?}: answer {at} is told by {seen:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn two_boards_differ_by_a_whole_batch_or_not_at_all(
        options in 1_usize..=4,
        answers in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let answers: Vec<u8> = answers.into_iter().map(|answer| answer % options as u8).collect();
        let seen = boards(options, &answers);
        for (count, pair) in seen.windows(2).enumerate() {
            let moved = pair[1].steps[0].answered() - pair[0].steps[0].answered();
            let whole = (count + 1) % TOGETHER == 0;
            prop_assert_eq!(moved as usize, if whole { TOGETHER } else { 0 });
            prop_assert_eq!(pair[0] == pair[1], !whole);
        }
    }

    /// With every other answer of the class known to be as it was, the boards before and after still fit another answer.
    #[test]
    fn no_single_answer_is_told_from_all_boards_together(
        options in 2_usize..=4,
        answers in prop::collection::vec(any::<u8>(), 5..30),
        pick in any::<prop::sample::Index>(),
    ) {
        let answers: Vec<u8> = answers.into_iter().map(|answer| answer % options as u8).collect();
        let whole = answers.len() / TOGETHER * TOGETHER;
        let picked = pick.index(whole);
        let from = picked / TOGETHER * TOGETHER;
        let seen = boards(options, &answers);
        let possible = batches(options).any(|batch| {
            let mut other = answers.clone();
            other[from..from + TOGETHER].copy_from_slice(&batch);
            other[picked] != answers[picked] && boards(options, &other) == seen
        });
        prop_assert!(possible, "{:?}: answer {} is told", answers, picked);
    }

    /// What isn't on the board yet leaves no trace on it.
    #[test]
    fn the_last_answers_of_a_lesson_are_not_seen(answers in prop::collection::vec(0_u8..3, 0..24)) {
        let whole = answers.len() / TOGETHER * TOGETHER;
        let seen = boards(3, &answers);
        let without = boards(3, &answers[..whole]);
        prop_assert_eq!(seen.last(), without.last());
    }
}
