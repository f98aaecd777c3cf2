use std::{fmt, str::FromStr};

use super::as_text::serde_by_text;

/// The epochs, counted from 0, at which snapshots are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotEpochs {
    /// Ascending; empty where no snapshots are taken.
    listed: Vec<u32>,
    /// Whether they continue in steps of the last two.
    continues: bool,
}

/// As the course does: the first and each hundredth.
impl Default for SnapshotEpochs {
    fn default() -> Self {
        Self {
            listed: vec![0, 99, 199],
            continues: true,
        }
    }
}

impl SnapshotEpochs {
    /// Whether a snapshot is taken at an epoch of a run of `epochs`. One is taken at the last epoch, unless none are taken at all.
    pub fn include(&self, epoch: u32, epochs: u32) -> bool {
        let Some(last) = self.listed.last() else {
            return false;
        };
        epoch + 1 == epochs
            || self.listed.contains(&epoch)
            || self
                .step()
                .is_some_and(|step| epoch > *last && (epoch - last).is_multiple_of(step))
    }

    fn step(&self) -> Option<u32> {
        match self.listed[..] {
            [.., before, last] if self.continues => Some(last - before),
            _ => None,
        }
    }
}

impl fmt::Display for SnapshotEpochs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.listed.is_empty() {
            return f.write_str("none");
        }
        let listed: Vec<String> = self.listed.iter().map(u32::to_string).collect();
        f.write_str(&listed.join(","))?;
        f.write_str(if self.continues { ",..." } else { "" })
    }
}

impl FromStr for SnapshotEpochs {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || {
            format!(
                "`{text}` is no list of epochs: give ascending ones from 0, such as 0,49,99; with ,... behind the last two they \
                 continue in their step; or give none"
            )
        };
        if text == "none" {
            return Ok(Self {
                listed: Vec::new(),
                continues: false,
            });
        }
        let (numbers, continues) = match text.strip_suffix(",...") {
            Some(numbers) => (numbers, true),
            None => (text, false),
        };
        let listed: Result<Vec<u32>, _> = numbers.split(',').map(str::parse).collect();
        let listed = listed.map_err(|_| wrong())?;
        let enough = listed.len() >= if continues { 2 } else { 1 };
        if !enough || !listed.is_sorted_by(|one, next| one < next) {
            return Err(wrong());
        }
        Ok(Self { listed, continues })
    }
}

serde_by_text!(SnapshotEpochs);

#[cfg(test)]
mod tests {
    use super::*;

    fn included(text: &str, epochs: u32) -> Vec<u32> {
        let snapshots: SnapshotEpochs = text.parse().unwrap();
        (0..epochs)
            .filter(|epoch| snapshots.include(*epoch, epochs))
            .collect()
    }

    #[test]
    fn lists_continue_where_they_say_so_and_the_last_epoch_is_included() {
        assert_eq!(included("0,99,199,...", 350), [0, 99, 199, 299, 349]);
        assert_eq!(included("0,4,...", 10), [0, 4, 8, 9]);
        assert_eq!(included("2,3", 6), [2, 3, 5]);
        assert_eq!(included("7", 3), [2]);
        assert_eq!(included("none", 6), [0; 0]);
        assert_eq!(SnapshotEpochs::default().to_string(), "0,99,199,...");
    }

    #[test]
    fn words_are_read_back_as_they_are_shown() {
        for text in ["none", "0", "0,99,199,...", "3,5"] {
            assert_eq!(text.parse::<SnapshotEpochs>().unwrap().to_string(), text);
        }
        for text in ["", "...", "0,...", "3,3", "5,4", "-1", "0,1,", "all"] {
            assert!(text.parse::<SnapshotEpochs>().is_err(), "{text}");
        }
    }
}
