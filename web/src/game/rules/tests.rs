#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

const STEP: Duration = Duration::from_millis(50);

fn game(seed: u64) -> Game {
    Game::new((0..10).map(ClassId), seed)
}

/// A game whose time runs.
fn drawing() -> Game {
    let mut game = game(1);
    wait(&mut game, READING, None);
    assert_eq!(game.phase(), Phase::Drawing);
    game
}

fn wait(game: &mut Game, time: Duration, leader: Option<ClassId>) -> Vec<Event> {
    let steps = time.as_millis() / STEP.as_millis();
    (0..steps).flat_map(|_| game.tick(STEP, leader)).collect()
}

fn wrong(game: &Game) -> Option<ClassId> {
    game.word().map(|word| ClassId((word.0 + 1) % 10))
}

#[test]
fn six_different_words_come_in_an_order_that_the_seed_decides() {
    let words = game(3).words().to_vec();
    assert_eq!(words.len(), WORDS);
    let mut different = words.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), WORDS);
    assert_eq!(game(3).words(), words);
    assert!((4..20).any(|seed| game(seed).words() != words));
}

#[test]
fn fewer_classes_make_a_shorter_game_and_none_makes_none() {
    assert_eq!(Game::new((0..2).map(ClassId), 1).words().len(), 2);
    let none = Game::new(std::iter::empty(), 1);
    assert_eq!((none.phase(), none.word()), (Phase::Over, None));
}

#[test]
fn a_word_counts_when_it_has_led_for_half_a_second_without_a_break() {
    let mut game = drawing();
    let (word, wrong) = (game.word(), wrong(&game));
    assert_eq!(wait(&mut game, LEAD - STEP, word), []);
    assert_eq!(wait(&mut game, STEP, wrong), []);
    assert_eq!(wait(&mut game, LEAD - STEP, word), []);
    assert_eq!(wait(&mut game, STEP, None), []);
    let after = 2 * LEAD + LEAD;
    let found = Event::Ended(word.unwrap(), Outcome::Found(after));
    assert_eq!(wait(&mut game, LEAD, word), [found]);
    assert_eq!(game.phase(), Phase::Showing);
    assert_eq!(game.score(), 1);
    assert_eq!(game.left(), ROUND - after);
}

#[test]
fn twenty_seconds_without_a_lead_are_a_miss_announced_at_ten_and_five() {
    let mut game = drawing();
    let (word, wrong) = (game.word().unwrap(), wrong(&game));
    let events = wait(&mut game, ROUND, wrong);
    let missed = Event::Ended(word, Outcome::Missed);
    assert_eq!(events, [Event::Left(10), Event::Left(5), missed]);
    assert_eq!((game.score(), game.left()), (0, Duration::ZERO));
}

#[test]
fn a_lead_that_is_complete_as_time_runs_out_counts() {
    let mut game = drawing();
    let word = game.word();
    wait(&mut game, ROUND - LEAD, None);
    wait(&mut game, LEAD, word);
    assert_eq!(game.outcomes(), [Outcome::Found(ROUND)]);
}

#[test]
fn time_runs_when_the_word_is_read_or_drawing_begins() {
    let mut game = game(1);
    wait(&mut game, READING - STEP, None);
    assert_eq!((game.phase(), game.left()), (Phase::Reading, ROUND));
    let mut eager = game.clone();
    game.tick(STEP, None);
    assert_eq!(game.phase(), Phase::Drawing);
    let seen = wrong(&eager);
    eager.tick(Duration::from_millis(1), seen);
    assert_eq!(eager.phase(), Phase::Drawing);
}

#[test]
fn after_the_outcome_comes_the_next_word_and_after_the_last_the_end() {
    let mut game = drawing();
    for round in 0..WORDS {
        assert_eq!(game.round(), round);
        let word = game.word();
        wait(&mut game, LEAD, word);
        assert_eq!((game.round(), game.word()), (round, word));
        let events = wait(&mut game, SHOWING, None);
        match game.words().get(round + 1) {
            Some(&next) => assert_eq!(events, [Event::Word(next)]),
            None => assert_eq!(events, [Event::Over]),
        }
        wait(&mut game, READING, None);
    }
    assert_eq!((game.phase(), game.score()), (Phase::Over, WORDS));
    assert_eq!(wait(&mut game, ROUND, None), []);
}

#[test]
fn nothing_passes_while_it_is_paused() {
    let mut game = drawing();
    let before = game.left();
    game.pause();
    let word = game.word();
    assert_eq!(wait(&mut game, 2 * ROUND, word), []);
    assert_eq!(game.left(), before);
    game.resume();
    assert_eq!(wait(&mut game, LEAD, word).len(), 1);
}

#[test]
fn a_machine_that_slept_loses_a_tick_at_most() {
    let mut game = drawing();
    game.tick(Duration::from_secs(3600), None);
    assert_eq!(game.left(), ROUND - LONGEST_STEP);
}

#[test]
fn skipping_starts_the_next_round_at_once_even_from_a_pause() {
    let mut game = game(1);
    let words = game.words().to_vec();
    let skipped = |index: usize| Event::Ended(words[index], Outcome::Skipped);
    assert_eq!(game.skip(), [skipped(0), Event::Word(words[1])]);
    wait(&mut game, READING + STEP, None);
    game.pause();
    assert_eq!(game.skip(), [skipped(1), Event::Word(words[2])]);
    assert!(!game.is_paused());
    wait(&mut game, READING, None);
    let word = game.word();
    wait(&mut game, LEAD, word);
    assert_eq!(game.skip(), [Event::Word(words[3])]);
    for _ in 3..WORDS {
        game.skip();
    }
    assert_eq!(game.phase(), Phase::Over);
    assert_eq!(game.skip(), []);
    assert_eq!((game.outcomes().len(), game.score()), (WORDS, 1));
}

#[test]
fn giving_up_ends_the_game_with_what_was_played() {
    let mut game = drawing();
    let word = game.word().unwrap();
    assert_eq!(
        game.give_up(),
        [Event::Ended(word, Outcome::Skipped), Event::Over]
    );
    assert_eq!(game.outcomes(), [Outcome::Skipped]);
    assert_eq!((game.phase(), game.give_up()), (Phase::Over, vec![]));
    let mut unplayed = self::game(1);
    assert_eq!(unplayed.give_up(), [Event::Over]);
    assert!(unplayed.outcomes().is_empty());
}
