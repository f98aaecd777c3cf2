use std::{fmt, str::FromStr};

use super::by_text::serde_by_text;

/// Which epochs, counted from 0, are marked: handed in, scored and kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    /// Ascending; empty where none is marked.
    listed: Vec<u32>,
    /// Whether they go on as the last two of them do.
    goes_on: bool,
}

/// As the course does: the first and each hundredth.
impl Default for Marks {
    fn default() -> Self {
        Self {
            listed: vec![0, 99, 199],
            goes_on: true,
        }
    }
}

impl Marks {
    /// Whether an epoch of a run of `epochs` is marked. The last one is, unless none are.
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
            [.., before, last] if self.goes_on => Some(last - before),
            _ => None,
        }
    }
}

impl fmt::Display for Marks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.listed.is_empty() {
            return f.write_str("none");
        }
        let listed: Vec<String> = self.listed.iter().map(u32::to_string).collect();
        f.write_str(&listed.join(","))?;
        f.write_str(if self.goes_on { ",..." } else { "" })
    }
}

impl FromStr for Marks {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || {
            format!(
                "`{text}` marks no epochs: give ascending ones from 0, such as 0,49,99, with ,... behind the last two where \
                 they go on as those do, or none"
            )
        };
        if text == "none" {
            return Ok(Self {
                listed: Vec::new(),
                goes_on: false,
            });
        }
        let (numbers, goes_on) = match text.strip_suffix(",...") {
            Some(numbers) => (numbers, true),
            None => (text, false),
        };
        let listed: Result<Vec<u32>, _> = numbers.split(',').map(str::parse).collect();
        let listed = listed.map_err(|_| wrong())?;
        let enough = listed.len() >= if goes_on { 2 } else { 1 };
        if !enough || !listed.is_sorted_by(|one, next| one < next) {
            return Err(wrong());
        }
        Ok(Self { listed, goes_on })
    }
}

serde_by_text!(Marks);

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, epochs: u32) -> Vec<u32> {
        let marks: Marks = text.parse().unwrap();
        (0..epochs)
            .filter(|epoch| marks.include(*epoch, epochs))
            .collect()
    }

    #[test]
    fn lists_go_on_where_they_say_so_and_the_last_epoch_is_marked() {
        assert_eq!(marked("0,99,199,...", 350), [0, 99, 199, 299, 349]);
        assert_eq!(marked("0,4,...", 10), [0, 4, 8, 9]);
        assert_eq!(marked("2,3", 6), [2, 3, 5]);
        assert_eq!(marked("7", 3), [2]);
        assert_eq!(marked("none", 6), [0; 0]);
        assert_eq!(Marks::default().to_string(), "0,99,199,...");
    }

    #[test]
    fn words_are_read_back_as_they_are_shown() {
        for text in ["none", "0", "0,99,199,...", "3,5"] {
            assert_eq!(text.parse::<Marks>().unwrap().to_string(), text);
        }
        for text in ["", "...", "0,...", "3,3", "5,4", "-1", "0,1,", "all"] {
            assert!(text.parse::<Marks>().is_err(), "{text}");
        }
    }
}
