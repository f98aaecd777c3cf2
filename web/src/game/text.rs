//! The sentences of the game.

use std::time::Duration;

use shared::classes::{ClassId, ClassNames};

use super::rules::ROUND;
use crate::guess::words::article;

/// The name of the game.
pub const NAME: &str = "Draw it!";
/// What the game is.
pub const RULES: &str = "Six words, twenty seconds each. Draw, and the network guesses along. \
    A word counts when it leads for half a second.";
/// Which words are hard, measured on doodles of Quick, Draw! (docs/accuracy.md, the confusion matrix).
pub const HARD: &str = "Some words are hard, and the reason is not you: of doodles by other people the network recognises 62 in 100 dogs and \
    73 in 100 cats, but nearly every apple and plane.";
/// Nothing is sent.
pub const PRIVATE: &str = "Your drawings stay on this machine.";
/// Starts a game.
pub const START: &str = "Start";
/// In place of the start button's text while the network is on its way.
pub const LOADING: &str = "The network is loading …";
/// Where no engine runs.
pub const NO_ENGINE: &str =
    "Without the network there is no game. The message at the top says what can be done.";
/// Starts another game.
pub const AGAIN: &str = "Play again";
/// Stops time.
pub const PAUSE: &str = "Pause";
/// Lets time run again.
pub const RESUME: &str = "Resume";
/// Goes on to the next word.
pub const SKIP: &str = "Skip";
/// Ends the game.
pub const GIVE_UP: &str = "Give up";
/// Takes the last stroke back.
pub const UNDO: &str = "Undo";
/// Empties the sheet.
pub const CLEAR: &str = "Clear";
/// Over the sheet while time stands still.
pub const PAUSED: &str = "Paused";
/// Below that.
pub const PAUSED_NOTE: &str = "The clock has stopped. Your drawing is still there.";
/// In place of guesses before there is one.
pub const LOOKING: &str = "I’m looking …";
/// When time has run out.
pub const TIME_IS_UP: &str = "Time is up.";
/// What the row of words at the side is, for screen readers.
pub const PROGRESS: &str = "The words so far";
/// What the buttons are for, for screen readers.
pub const CONTROLS: &str = "Game controls";
/// Below a drawing in which nothing was seen.
pub const NOTHING_SEEN: &str = "nothing seen";
/// Below a word that was passed over.
pub const SKIPPED: &str = "skipped";

/// The name of a class.
pub fn name(classes: &ClassNames, class: ClassId) -> &str {
    classes.name(class).unwrap_or("thing without a name")
}

/// A class with its article: "a cat"; the name alone where the article is not known.
pub fn a(name: &str) -> String {
    match article(name) {
        Some(article) => format!("{article} {name}"),
        None => name.into(),
    }
}

/// Where the game is: "Word 2 of 6".
pub fn round(round: usize, of: usize) -> String {
    format!("Word {} of {of}", round + 1)
}

/// Before the word: "Draw a ".
pub fn draw(name: &str) -> String {
    match article(name) {
        Some(article) => format!("Draw {article} "),
        None => "Draw ".into(),
    }
}

/// A wrong guess: "A plane?"
pub fn wrong_guess(name: &str) -> String {
    capitalised(&format!("{}?", a(name)))
}

/// What comes before the right guess, which the page emphasises: "It’s a " or "No, it’s a ".
pub fn right_before(name: &str, is_first: bool) -> String {
    let article = article(name).map_or(String::new(), |article| format!("{article} "));
    if is_first {
        format!("It’s {article}")
    } else {
        format!("No, it’s {article}")
    }
}

/// When time has run out, by the newest guess.
pub fn missed(seen: Option<&str>) -> String {
    match seen {
        Some(seen) => format!("{TIME_IS_UP} I still see {}.", a(seen)),
        None => TIME_IS_UP.into(),
    }
}

/// The word, aloud.
pub fn draw_aloud(name: &str) -> String {
    format!("Draw {}. You have {} seconds.", a(name), ROUND.as_secs())
}

/// The time that is left, aloud.
pub fn left(seconds: u64) -> String {
    format!("{seconds} seconds left.")
}

/// A word that was found, aloud.
pub fn found_aloud(name: &str, after: Duration) -> String {
    format!("Yes, it’s {}, in {}.", a(name), seconds(after))
}

/// A time to a tenth of a second: "6.4 s".
pub fn seconds(time: Duration) -> String {
    format!("{:.1}\u{a0}s", time.as_secs_f64())
}

/// The end's headline: "5 of 6".
pub fn score(score: usize, of: usize) -> String {
    format!("{score} of {of}")
}

/// Below the score.
pub fn verdict(score: usize, of: usize) -> &'static str {
    match (score, of) {
        (_, 0) => "You have not drawn anything yet.",
        (score, of) if score == of => "Every drawing was recognised.",
        (0, _) => "None was recognised. Do not mind: the network has only been taught with photos.",
        _ => "Recognised by a network that has only been taught with photos.",
    }
}

/// Below a drawing that was not recognised.
pub fn seen(name: &str) -> String {
    format!("seen as {}", a(name))
}

/// On the card to share, above the score.
pub const CARD_KICKER: &str = "Draw it! Recognised";
/// On the card to share, below the score.
pub const CARD_DETAIL: &str = "drawings";

fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn guesses_have_their_article_where_it_is_known() {
        assert_eq!(wrong_guess("apple"), "An apple?");
        assert_eq!(wrong_guess("unicorn"), "Unicorn?");
        assert_eq!(right_before("horse", true), "It’s a ");
        assert_eq!(right_before("unicorn", false), "No, it’s ");
        assert_eq!(missed(Some("dog")), "Time is up. I still see a dog.");
    }

    #[test]
    fn the_verdict_follows_the_score() {
        let verdicts = [verdict(0, 0), verdict(0, 6), verdict(3, 6), verdict(6, 6)];
        for (index, one) in verdicts.iter().enumerate() {
            assert!(!verdicts[..index].contains(one), "{one}");
        }
    }
}
