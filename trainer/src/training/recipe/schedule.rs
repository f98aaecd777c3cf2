use std::{fmt, str::FromStr};

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use super::as_text::serde_by_text;

/// A point of a run, before a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Whole epochs done.
    pub epoch: u32,
    /// Epochs in all.
    pub epochs: u32,
    /// Steps of this epoch done.
    pub step: usize,
    /// Steps an epoch.
    pub steps: usize,
}

impl Progress {
    /// Share of all steps done, 0 to 1.
    pub fn share(self) -> f64 {
        let epochs = f64::from(self.epoch) + self.step as f64 / self.steps.max(1) as f64;
        epochs / f64::from(self.epochs.max(1))
    }

    fn steps_done(self) -> f64 {
        f64::from(self.epoch) * self.steps as f64 + self.step as f64
    }
}

/// How the learning rate changes over a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decay {
    /// The same throughout, as the course does.
    #[default]
    None,
    /// A hundred steps of warm-up, then half a cosine down to a twentieth (Loshchilov and Hutter, "SGDR", ICLR 2017).
    Cosine,
}

impl Decay {
    /// What the learning rate is multiplied with.
    pub fn factor(self, progress: Progress) -> f64 {
        match self {
            Self::None => 1.0,
            Self::Cosine => {
                let warm_up = ((progress.steps_done() + 1.0) / 100.0).min(1.0);
                let cosine = (std::f64::consts::PI * progress.share()).cos();
                warm_up * (0.05 + 0.475 * (1.0 + cosine))
            }
        }
    }
}

/// Weight of the domain loss over a run.
#[derive(Clone, Debug, PartialEq)]
pub enum LambdaSchedule {
    /// The same throughout; the course tries 0.1 and 0.7.
    Constant(f64),
    /// The course's adaptive one: ln(1.02 + 1.7 epoch / epochs), 0.02 to 1.
    Log,
    /// The DANN paper's: 2 / (1 + exp(-10 p)) - 1, where p is the share of all steps done; 0 to 1.
    Paper,
    /// Straight lines between values at epochs, which ascend; the first value before, the last one after.
    Piecewise(Vec<(f64, f64)>),
}

impl LambdaSchedule {
    /// The same over `scale` times as many epochs.
    #[must_use]
    pub fn scaled(self, scale: f64) -> Self {
        match self {
            Self::Piecewise(points) => {
                let points = points.into_iter();
                Self::Piecewise(
                    points
                        .map(|(epoch, value)| (epoch * scale, value))
                        .collect(),
                )
            }
            // The others depend on the share of the run alone.
            other => other,
        }
    }

    /// Lambda before a step.
    pub fn at(&self, progress: Progress) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Log => {
                let share = f64::from(progress.epoch) / f64::from(progress.epochs.max(1));
                (1.02 + 1.7 * share).ln()
            }
            Self::Paper => 2.0 / (1.0 + (-10.0 * progress.share()).exp()) - 1.0,
            Self::Piecewise(points) => {
                between(points, progress.share() * f64::from(progress.epochs))
            }
        }
    }
}

/// The value at `epoch` on straight lines between points.
fn between(points: &[(f64, f64)], epoch: f64) -> f64 {
    let after = points.partition_point(|(at, _)| *at <= epoch);
    let nearest = |index: usize| points.get(index).map_or(0.0, |(_, value)| *value);
    match (after.checked_sub(1), points.get(after)) {
        (None, _) => nearest(0),
        (Some(before), None) => nearest(before),
        (Some(before), Some((to, end))) => {
            let (from, start) = points[before];
            start + (end - start) * (epoch - from) / (to - from)
        }
    }
}

impl fmt::Display for LambdaSchedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constant(value) => write!(f, "{value}"),
            Self::Log => f.write_str("log"),
            Self::Paper => f.write_str("paper"),
            Self::Piecewise(points) => {
                let points = points
                    .iter()
                    .map(|(epoch, value)| format!("{epoch}:{value}"));
                f.write_str(&points.collect::<Vec<_>>().join(","))
            }
        }
    }
}

impl FromStr for LambdaSchedule {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "log" => Ok(Self::Log),
            "paper" => Ok(Self::Paper),
            number => lambda(number)
                .map(Self::Constant)
                .or_else(|| points(text).map(Self::Piecewise))
                .ok_or_else(|| {
                    format!(
                        "`{text}` is no lambda: give `log`, `paper`, a number from 0, such as 0.1, or values at \
                         ascending epochs, such as 0:0,50:0.1,200:1"
                    )
                }),
        }
    }
}

fn lambda(text: &str) -> Option<f64> {
    let value: f64 = text.parse().ok()?;
    (value.is_finite() && value >= 0.0).then_some(value)
}

fn points(text: &str) -> Option<Vec<(f64, f64)>> {
    let points: Option<Vec<(f64, f64)>> = text
        .split(',')
        .map(|point| {
            let (epoch, value) = point.split_once(':')?;
            Some((lambda(epoch)?, lambda(value)?))
        })
        .collect();
    points.filter(|points| points.is_sorted_by(|one, next| one.0 < next.0))
}

serde_by_text!(LambdaSchedule);

#[cfg(test)]
mod tests {
    use super::*;

    fn at(epoch: u32, epochs: u32, step: usize) -> Progress {
        Progress {
            epoch,
            epochs,
            step,
            steps: 19,
        }
    }

    #[test]
    fn log_runs_from_the_course_s_0_02_to_1() {
        let lambda = |epoch| LambdaSchedule::Log.at(at(epoch, 1000, 0));
        assert!((lambda(0) - 0.0198).abs() < 1e-4);
        assert!((lambda(1000) - 1.0006).abs() < 1e-4);
    }

    #[test]
    fn paper_starts_at_0_and_ends_near_1() {
        let lambda = |epoch, step| LambdaSchedule::Paper.at(at(epoch, 10, step));
        assert_eq!(lambda(0, 0), 0.0);
        assert!((lambda(5, 0) - 0.9866).abs() < 1e-4);
        assert!(lambda(9, 18) > 0.999);
    }

    #[test]
    fn piecewise_goes_straight_from_point_to_point() {
        let schedule: LambdaSchedule = "2:0.1,4:0.5,5:0".parse().unwrap();
        for (epoch, value) in [(0, 0.1), (2, 0.1), (3, 0.3), (4, 0.5), (5, 0.0), (9, 0.0)] {
            let lambda = schedule.at(at(epoch, 10, 0));
            assert!((lambda - value).abs() < 1e-9, "{epoch}: {lambda}");
        }
    }

    #[test]
    fn the_learning_rate_warms_up_and_falls_to_a_twentieth() {
        assert!((Decay::Cosine.factor(at(0, 100, 0)) - 0.01).abs() < 1e-6);
        assert!((Decay::Cosine.factor(at(50, 100, 0)) - 0.525).abs() < 1e-6);
        assert!((Decay::Cosine.factor(at(100, 100, 0)) - 0.05).abs() < 1e-6);
        assert_eq!(Decay::None.factor(at(7, 100, 3)), 1.0);
    }

    #[test]
    fn words_and_numbers_are_read_back_as_they_are_shown() {
        for text in ["0.1", "0.7", "log", "paper", "0", "0:0,50:0.1,200:1"] {
            assert_eq!(text.parse::<LambdaSchedule>().unwrap().to_string(), text);
        }
        for text in [
            "", "-1", "NaN", "inf", "adaptive", "0:", "5:1,5:2", "5:1,4:2", "0:-1", "0:0,",
        ] {
            assert!(text.parse::<LambdaSchedule>().is_err(), "{text}");
        }
    }
}
