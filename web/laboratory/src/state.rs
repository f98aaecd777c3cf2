//! The laboratory's whole state as text for a link: what is trained, then `&` and a name, or a name and a value, for each thing that
//! differs from a laboratory just opened, as in `1,a20&until=400` or `alignment&answer=2`. All characters may stand in a URL's
//! fragment as they are.

use crate::lessons::LessonId;
use crate::settings::{Checked, LinkError, SettingsError, decode, encode, no_value, shortened};

/// Steps a frame, from the slowest.
pub const SPEEDS: [u32; 4] = [1, 4, 16, 64];
/// The speed of a laboratory just opened.
pub const SPEED: u32 = SPEEDS[1];
/// Answers of a lesson's question.
const ANSWERS: usize = 3;
/// The most characters that follow the settings.
const LONGEST: usize = 200;

/// What is trained.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// What the settings say.
    Settings {
        /// The settings.
        settings: Checked,
        /// The lesson that is open beside them.
        lesson: Option<LessonId>,
    },
    /// What a lesson shows.
    Lesson {
        /// The lesson.
        lesson: LessonId,
        /// Its run, from 0.
        run: usize,
    },
}

/// What a link makes of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// It waits before its first step.
    #[default]
    Waiting,
    /// It runs up to a step, at least 1 and at most the last, and waits there.
    Until(u32),
    /// It runs.
    Running,
}

/// All that a link holds.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// What is trained.
    pub subject: Subject,
    /// The answer to the lesson's question that was chosen, from 0; none without a lesson.
    pub answer: Option<usize>,
    /// What becomes of the run.
    pub start: Start,
    /// Steps a frame, one of [`SPEEDS`].
    pub speed: u32,
    /// Whether the target's hidden labels are shown.
    pub labels: bool,
    /// Whether gradients are shown as arrows.
    pub arrows: bool,
}

impl Subject {
    /// The lesson that is open.
    pub fn lesson(&self) -> Option<LessonId> {
        match self {
            Self::Settings { lesson, .. } => *lesson,
            Self::Lesson { lesson, .. } => Some(*lesson),
        }
    }

    /// The settings of the first step.
    ///
    /// # Errors
    /// When a lesson has no such run.
    pub fn settings(&self) -> Result<Checked, SettingsError> {
        match self {
            Self::Settings { settings, .. } => Ok(settings.clone()),
            Self::Lesson { lesson, run } => {
                let runs = lesson.lesson().runs;
                let first = runs.get(*run).and_then(|run| run.phases.first());
                match first {
                    Some(phase) => phase.settings.clone().check(),
                    None => Err(LinkError::Run {
                        lesson: lesson.name(),
                        run: run + 1,
                    }
                    .into()),
                }
            }
        }
    }

    /// Steps of the whole run; 0 where a lesson has no such run.
    pub fn steps(&self) -> u32 {
        match self {
            Self::Settings { settings, .. } => u32::from(settings.steps),
            Self::Lesson { lesson, run } => {
                let runs = lesson.lesson().runs;
                let phases = runs.get(*run).map_or(&[][..], |run| &run.phases);
                phases.iter().map(|phase| phase.steps).sum()
            }
        }
    }
}

impl State {
    /// A laboratory just opened.
    pub fn of(subject: Subject) -> Self {
        Self {
            subject,
            answer: None,
            start: Start::Waiting,
            speed: SPEED,
            labels: false,
            arrows: false,
        }
    }

    /// The state as text.
    pub fn encode(&self) -> String {
        let mut text = match &self.subject {
            Subject::Settings { settings, .. } => encode(settings),
            Subject::Lesson { lesson, .. } => lesson.name().to_owned(),
        };
        let mut field = |name: &str, value: String| text.extend(["&", name, "=", &value]);
        match self.subject {
            Subject::Settings {
                lesson: Some(lesson),
                ..
            } => field("lesson", lesson.name().to_owned()),
            Subject::Lesson { run, .. } if run > 0 => field("run", (run + 1).to_string()),
            Subject::Settings { lesson: None, .. } | Subject::Lesson { .. } => {}
        }
        if let Some(answer) = self.answer {
            field("answer", (answer + 1).to_string());
        }
        if let Start::Until(step) = self.start {
            field("until", step.to_string());
        }
        if self.speed != SPEED {
            field("speed", self.speed.to_string());
        }
        for (name, set) in [
            ("play", self.start == Start::Running),
            ("labels", self.labels),
            ("arrows", self.arrows),
        ] {
            if set {
                text.extend(["&", name]);
            }
        }
        text
    }

    /// The state that a text means. Settings alone, as links held them at first, are one.
    ///
    /// # Errors
    /// When it is no such text, or a value is out of its range.
    pub fn decode(text: &str) -> Result<Self, SettingsError> {
        let (subject, rest) = text.split_once('&').unwrap_or((text, ""));
        if rest.len() > LONGEST {
            return Err(LinkError::TooLong { most: LONGEST }.into());
        }
        let mut state = Self::of(match LessonId::named(subject) {
            Some(lesson) => Subject::Lesson { lesson, run: 0 },
            None => Subject::Settings {
                settings: decode(subject)?,
                lesson: None,
            },
        });
        let mut seen = Vec::new();
        for field in text.split('&').skip(1) {
            let (name, value) = match field.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (field, None),
            };
            if seen.contains(&name) {
                return Err(LinkError::Twice(shortened(name)).into());
            }
            seen.push(name);
            state.take(name, value)?;
        }
        state.check()?;
        Ok(state)
    }

    fn take(&mut self, name: &str, value: Option<&str>) -> Result<(), LinkError> {
        match (name, value, &mut self.subject) {
            ("lesson", Some(value), Subject::Settings { lesson, .. }) => {
                *lesson = Some(LessonId::named(value).ok_or_else(|| no_value(name, value))?);
            }
            ("run", Some(value), Subject::Lesson { run, .. }) => *run = number(name, value)? - 1,
            ("answer", Some(value), _) => self.answer = Some(number(name, value)? - 1),
            ("until", Some(value), _) if self.start == Start::Waiting => {
                let step = u32::try_from(number(name, value)?);
                self.start = Start::Until(step.unwrap_or(u32::MAX));
            }
            ("play", None, _) if self.start == Start::Waiting => self.start = Start::Running,
            ("speed", Some(value), _) => {
                let speed = number(name, value)?;
                let found = SPEEDS.into_iter().find(|one| *one as usize == speed);
                self.speed = found.ok_or_else(|| no_value(name, value))?;
            }
            ("labels", None, _) => self.labels = true,
            ("arrows", None, _) => self.arrows = true,
            _ => return Err(LinkError::Unknown(shortened(name))),
        }
        Ok(())
    }

    fn check(&self) -> Result<(), SettingsError> {
        self.subject.settings()?;
        match (self.answer, self.subject.lesson()) {
            (Some(_), None) => return Err(LinkError::NoQuestion.into()),
            (Some(answer), _) if answer >= ANSWERS => {
                return Err(LinkError::Answer {
                    answer: answer + 1,
                    answers: ANSWERS,
                }
                .into());
            }
            _ => {}
        }
        let last = self.subject.steps();
        match self.start {
            Start::Until(step) if step > last => Err(LinkError::AfterLast { step, last }.into()),
            _ => Ok(()),
        }
    }
}

/// A whole number, at least 1.
fn number(name: &str, value: &str) -> Result<usize, LinkError> {
    match value.parse() {
        Ok(number) if number >= 1 => Ok(number),
        _ => Err(no_value(name, value)),
    }
}

#[cfg(test)]
mod tests;
