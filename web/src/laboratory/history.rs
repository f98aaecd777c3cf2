//! The numbers of a run's steps.

use protocol::laboratory::Numbers;

/// Adds the numbers of steps. Those of the last step once more, after an edit, are what its networks make of the edited points: the losses
/// and lambda that it was trained with stay, and before the first step there are none.
pub fn add(history: &mut Vec<Numbers>, news: &[Numbers]) {
    for now in news {
        add_step(history, *now);
    }
}

fn add_step(history: &mut Vec<Numbers>, now: Numbers) {
    match history.last_mut() {
        Some(last) if now.step < last.step => {}
        Some(last) if now.step == last.step && now.step > 0.0 => {
            *last = Numbers {
                source_accuracy: now.source_accuracy,
                target_accuracy: now.target_accuracy,
                domain_accuracy: now.domain_accuracy,
                ..*last
            };
        }
        Some(last) if now.step == last.step => *last = now,
        _ => history.push(now),
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn what_an_edit_changes_takes_the_place_of_the_last_accuracies() {
        let numbers = |step, accuracy, lambda| Numbers {
            step,
            lambda,
            target_accuracy: accuracy,
            ..Numbers::default()
        };
        let after = |earlier: &[Numbers], now| {
            let mut history = earlier.to_vec();
            add(&mut history, &[now]);
            let shown = history.iter();
            let shown = shown.map(|all| (all.step, all.target_accuracy, all.lambda));
            shown.collect::<Vec<_>>()
        };
        let start = numbers(0.0, 0.5, 0.1);
        let step = numbers(1.0, 0.9, 0.1);
        // Nothing was trained yet.
        assert_eq!(after(&[start], numbers(0.0, 0.4, 0.7)), [(0.0, 0.4, 0.7)]);
        let edited = after(&[start, step], numbers(1.0, 0.2, 0.7));
        assert_eq!(edited, [(0.0, 0.5, 0.1), (1.0, 0.2, 0.1)]);
        assert_eq!(after(&[start], step), [(0.0, 0.5, 0.1), (1.0, 0.9, 0.1)]);
        let late = after(&[start, step], numbers(0.0, 0.3, 0.7));
        assert_eq!(late, [(0.0, 0.5, 0.1), (1.0, 0.9, 0.1)]);
    }
}
