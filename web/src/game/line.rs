//! The running line of guesses: what the network took the drawing for on the way.

use std::time::Duration;

use shared::classes::ClassId;

/// A guess joins the line once it has led for so long: shorter ones would only flicker.
const HELD: Duration = Duration::from_millis(350);

/// The guesses about one word.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    guesses: Vec<ClassId>,
    leader: Option<ClassId>,
    held: Duration,
}

impl Line {
    /// Takes in what leads; the word itself is no wrong guess.
    pub fn hear(&mut self, leader: Option<ClassId>, word: Option<ClassId>, elapsed: Duration) {
        if leader != self.leader {
            self.leader = leader;
            self.held = Duration::ZERO;
        }
        self.held += elapsed;
        if let Some(leader) = leader
            && self.held >= HELD
            && Some(leader) != word
            && self.newest() != Some(leader)
        {
            self.guesses.push(leader);
        }
    }

    /// The newest wrong guess.
    pub fn newest(&self) -> Option<ClassId> {
        self.guesses.last().copied()
    }

    /// The newest wrong guesses, so many at most, the oldest first.
    pub fn last(&self, most: usize) -> &[ClassId] {
        &self.guesses[self.guesses.len().saturating_sub(most)..]
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    const WORD: Option<ClassId> = Some(ClassId(0));

    fn hear(line: &mut Line, leaders: &[(u8, u64)]) {
        for &(leader, milliseconds) in leaders {
            let elapsed = Duration::from_millis(milliseconds / 10);
            for _ in 0..10 {
                line.hear(Some(ClassId(leader)), WORD, elapsed);
            }
        }
    }

    #[test]
    fn guesses_that_hold_join_once_and_may_come_again() {
        let mut line = Line::default();
        hear(&mut line, &[(5, 1000), (7, 400), (5, 400)]);
        assert_eq!(line.last(9), [ClassId(5), ClassId(7), ClassId(5)]);
        assert_eq!(line.last(2), [ClassId(7), ClassId(5)]);
    }

    #[test]
    fn what_only_flickers_and_the_word_itself_stay_out() {
        let mut line = Line::default();
        hear(&mut line, &[(5, 300), (7, 300), (5, 300), (0, 2000)]);
        assert_eq!(line.newest(), None);
        line.hear(None, WORD, Duration::from_secs(9));
        assert_eq!(line.last(3), []);
    }
}
