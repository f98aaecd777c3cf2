//! The rules as a plain state machine: time and the network's guesses go in, what happens comes out. There is no clock here.

use std::time::Duration;

use shared::classes::ClassId;

/// How many words a game has, where there are as many classes.
pub const WORDS: usize = 6;
/// The time for one word.
pub const ROUND: Duration = Duration::from_secs(20);
/// A word counts when it has led for so long without a break.
pub const LEAD: Duration = Duration::from_millis(500);
/// How long a word can be read before its time runs; drawing ends it.
pub const READING: Duration = Duration::from_millis(1500);
/// How long the outcome is shown before the next word.
pub const SHOWING: Duration = Duration::from_millis(1800);
/// Time is announced when so many seconds are left.
pub const ANNOUNCED: [u64; 2] = [10, 5];
/// What passes at most in one step: a machine that slept has not been playing.
const LONGEST_STEP: Duration = Duration::from_millis(250);

/// What became of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The network recognised the drawing after so much time.
    Found(Duration),
    /// Time ran out.
    Missed,
    /// The visitor skipped it.
    Skipped,
}

/// Where in a round the game is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The word is read; its time does not run yet.
    Reading,
    /// Time runs.
    Drawing,
    /// The outcome is shown.
    Showing,
    /// All words are done, or the visitor gave up.
    Over,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A word is to be read.
    Word(ClassId),
    /// So many whole seconds are left.
    Left(u64),
    /// A word is done.
    Ended(ClassId, Outcome),
    /// The game is done.
    Over,
}

/// A game.
#[derive(Clone, Debug, PartialEq)]
pub struct Game {
    words: Vec<ClassId>,
    outcomes: Vec<Outcome>,
    phase: Phase,
    /// Time in this phase.
    spent: Duration,
    /// For how long the word has led.
    led: Duration,
    is_paused: bool,
}

impl Game {
    /// A game with words from `classes` in an order that the seed decides; its first word is to be read. Without classes it is
    /// over.
    pub fn new(classes: impl Iterator<Item = ClassId>, seed: u64) -> Self {
        let mut words: Vec<ClassId> = classes.collect();
        fastrand::Rng::with_seed(seed).shuffle(&mut words);
        words.truncate(WORDS);
        Self {
            phase: if words.is_empty() {
                Phase::Over
            } else {
                Phase::Reading
            },
            words,
            outcomes: Vec::new(),
            spent: Duration::ZERO,
            led: Duration::ZERO,
            is_paused: false,
        }
    }

    /// Lets time go by. `leader`: the class that the network gives the largest probability now, if there is anything to see.
    pub fn tick(&mut self, elapsed: Duration, leader: Option<ClassId>) -> Vec<Event> {
        if self.is_paused {
            return Vec::new();
        }
        let elapsed = elapsed.min(LONGEST_STEP);
        let before = self.spent;
        self.spent += elapsed;
        match self.phase {
            Phase::Reading if self.spent >= READING || leader.is_some() => {
                self.enter(Phase::Drawing);
                Vec::new()
            }
            Phase::Drawing => self.draw(before, elapsed, leader),
            Phase::Showing if self.spent >= SHOWING => self.next(),
            Phase::Reading | Phase::Showing | Phase::Over => Vec::new(),
        }
    }

    fn draw(&mut self, before: Duration, elapsed: Duration, leader: Option<ClassId>) -> Vec<Event> {
        if leader.is_some() && leader == self.word() {
            self.led += elapsed;
        } else {
            self.led = Duration::ZERO;
        }
        if self.led >= LEAD {
            return self.end(Outcome::Found(self.spent.min(ROUND)));
        }
        if self.spent >= ROUND {
            return self.end(Outcome::Missed);
        }
        let passed = |seconds: &u64| {
            let at = ROUND - Duration::from_secs(*seconds);
            before < at && at <= self.spent
        };
        let announced = ANNOUNCED.into_iter().find(passed);
        announced.map(Event::Left).into_iter().collect()
    }

    /// Moves to the next word.
    pub fn skip(&mut self) -> Vec<Event> {
        self.is_paused = false;
        match self.phase {
            Phase::Reading | Phase::Drawing => {
                let mut events = self.end(Outcome::Skipped);
                events.extend(self.next());
                events
            }
            Phase::Showing => self.next(),
            Phase::Over => Vec::new(),
        }
    }

    /// Ends the game; a word whose time runs counts as skipped, later ones don't count.
    pub fn give_up(&mut self) -> Vec<Event> {
        self.is_paused = false;
        let mut events = match self.phase {
            Phase::Drawing => self.end(Outcome::Skipped),
            Phase::Over => return Vec::new(),
            Phase::Reading | Phase::Showing => Vec::new(),
        };
        self.enter(Phase::Over);
        events.push(Event::Over);
        events
    }

    /// Stops time.
    pub fn pause(&mut self) {
        self.is_paused = self.phase != Phase::Over;
    }

    /// Lets time run again.
    pub fn resume(&mut self) {
        self.is_paused = false;
    }

    fn end(&mut self, outcome: Outcome) -> Vec<Event> {
        let word = self.word();
        self.outcomes.push(outcome);
        self.enter(Phase::Showing);
        word.map(|word| Event::Ended(word, outcome))
            .into_iter()
            .collect()
    }

    fn next(&mut self) -> Vec<Event> {
        match self.words.get(self.outcomes.len()) {
            Some(&word) => {
                self.enter(Phase::Reading);
                vec![Event::Word(word)]
            }
            None => {
                self.enter(Phase::Over);
                vec![Event::Over]
            }
        }
    }

    fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        self.spent = Duration::ZERO;
        self.led = Duration::ZERO;
    }

    /// Where in a round the game is.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Whether time stands still by the visitor's wish.
    pub fn is_paused(&self) -> bool {
        self.is_paused
    }

    /// Whether the word in question is being drawn, or read: then the sheet may change.
    pub fn is_drawn(&self) -> bool {
        !self.is_paused && matches!(self.phase, Phase::Reading | Phase::Drawing)
    }

    /// The place of the word in question among all words, from 0.
    pub fn round(&self) -> usize {
        match self.phase {
            Phase::Showing => self.outcomes.len().saturating_sub(1),
            Phase::Reading | Phase::Drawing | Phase::Over => self.outcomes.len(),
        }
    }

    /// The word in question; none once the game is over.
    pub fn word(&self) -> Option<ClassId> {
        if self.phase == Phase::Over {
            return None;
        }
        self.words.get(self.round()).copied()
    }

    /// All words in their order.
    pub fn words(&self) -> &[ClassId] {
        &self.words
    }

    /// What became of the words that are done.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// The time that is left for the word.
    pub fn left(&self) -> Duration {
        match (self.phase, self.outcomes.last()) {
            (Phase::Reading, _) => ROUND,
            (Phase::Drawing, _) => ROUND.saturating_sub(self.spent),
            (_, Some(Outcome::Found(after))) => ROUND.saturating_sub(*after),
            _ => Duration::ZERO,
        }
    }

    /// How many words were found.
    pub fn score(&self) -> usize {
        let found = |outcome: &&Outcome| matches!(outcome, Outcome::Found(_));
        self.outcomes.iter().filter(found).count()
    }
}

#[cfg(test)]
mod tests;
