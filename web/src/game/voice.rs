//! What is said aloud in a game: what matters at once, and guesses only now and then.

use std::time::Duration;

use shared::classes::{ClassId, ClassNames};

use super::line::Line;
use super::rules::{Event, Outcome};
use super::text;

/// A guess is said aloud when nothing else was for so long.
const QUIET: Duration = Duration::from_secs(4);

/// What was said last, and how long ago.
#[derive(Clone, Debug, Default)]
pub struct Voice {
    silent: Duration,
    guess: Option<ClassId>,
}

impl Voice {
    /// What there is to say after so much time, if anything.
    pub fn say(
        &mut self,
        elapsed: Duration,
        events: &[Event],
        line: &Line,
        classes: &ClassNames,
    ) -> Option<String> {
        self.silent += elapsed;
        if events.iter().any(|event| matches!(event, Event::Word(_))) {
            self.guess = None;
        }
        let mut sentences = events.iter().filter_map(|event| sentence(event, classes));
        if let Some(first) = sentences.next() {
            self.silent = Duration::ZERO;
            return Some(sentences.fold(first, |said, next| text::then(&said, &next)));
        }
        let guess = line.newest().filter(|_| line.newest() != self.guess)?;
        if self.silent < QUIET {
            return None;
        }
        self.silent = Duration::ZERO;
        self.guess = Some(guess);
        Some(text::wrong_guess(text::name(classes, guess)))
    }
}

fn sentence(event: &Event, classes: &ClassNames) -> Option<String> {
    match *event {
        Event::Word(word) => Some(text::draw_aloud(text::name(classes, word))),
        Event::Left(seconds) => Some(text::left(seconds)),
        Event::Ended(word, Outcome::Found(after)) => {
            Some(text::found_aloud(text::name(classes, word), after))
        }
        Event::Ended(_, Outcome::Missed) => Some(text::TIME_IS_UP().into()),
        // The visitor's own doing; and the end has a heading that takes the focus.
        Event::Ended(_, Outcome::Skipped) | Event::Over => None,
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn what_happens_is_said_at_once_and_guesses_wait_until_it_is_quiet() {
        let (classes, mut voice, mut line) =
            (ClassNames::default(), Voice::default(), Line::default());
        let mut say = |milliseconds, events: &[Event], line: &Line| {
            voice.say(Duration::from_millis(milliseconds), events, line, &classes)
        };
        let dog = ClassId(7);
        let word = say(16, &[Event::Word(ClassId(0))], &line);
        assert_eq!(word.as_deref(), Some("Draw a horse. You have 20 seconds."));
        line.hear(Some(dog), Some(ClassId(0)), Duration::from_secs(1));
        assert_eq!(say(3000, &[], &line), None);
        assert_eq!(say(1000, &[], &line).as_deref(), Some("A dog?"));
        assert_eq!(say(9000, &[], &line), None);
        let left = say(16, &[Event::Left(10)], &line);
        assert_eq!(left.as_deref(), Some("10 seconds left."));
        let skipped = [Event::Ended(dog, Outcome::Skipped), Event::Word(ClassId(3))];
        let next = say(16, &skipped, &line);
        assert_eq!(next.as_deref(), Some("Draw an apple. You have 20 seconds."));
        // A guess about an earlier word is news about this one.
        assert_eq!(say(4000, &[], &line).as_deref(), Some("A dog?"));
    }
}
