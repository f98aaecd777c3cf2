//! Which classes there are and what they are called.

use std::collections::HashSet;
use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The largest number of classes, since a [`ClassId`] is one byte.
const MOST: usize = 256;

/// A class, as its place in [`ClassNames`] and among the network's outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClassId(pub u8);

impl fmt::Display for ClassId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The names of the classes, in the order of their ids: 1 to 256 of them, none blank, none twice, white space around them aside.
///
/// The default is the ten of the Real-or-Drawing task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct ClassNames(Vec<String>);

/// Why a list of names cannot be a [`ClassNames`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ClassNamesError {
    /// There are none, or more than ids for them.
    #[error("there are {0} class names: give 1 to {MOST}")]
    Count(usize),
    /// A name is empty or only white space.
    #[error("the name of class {0} is blank: give it one")]
    Blank(usize),
    /// Two classes share a name.
    #[error("the class name {0:?} is given twice: each class needs its own")]
    Twice(String),
    /// A name has characters that a terminal takes for commands.
    #[error("the class name {0:?} has a control character: rename the class")]
    Control(String),
    /// Two classes' names differ by white space around them alone.
    #[error(
        "the class name {0:?} is given twice, with and without spaces around it: each class needs its own"
    )]
    Spaces(String),
}

impl ClassNames {
    /// Names for the classes 0, 1, 2, ...
    ///
    /// # Errors
    /// When there are none or more than 256, when one is blank or has a control character, or when one comes twice, white space around it
    /// aside.
    pub fn new(names: Vec<String>) -> Result<Self, ClassNamesError> {
        if names.is_empty() || names.len() > MOST {
            return Err(ClassNamesError::Count(names.len()));
        }
        let mut seen = HashSet::new();
        for (index, name) in names.iter().enumerate() {
            if name.trim().is_empty() {
                return Err(ClassNamesError::Blank(index));
            }
            if name.chars().any(char::is_control) {
                return Err(ClassNamesError::Control(name.clone()));
            }
            if !seen.insert(name.trim()) {
                return Err(if names[..index].contains(name) {
                    ClassNamesError::Twice(name.clone())
                } else {
                    ClassNamesError::Spaces(name.trim().to_owned())
                });
            }
        }
        Ok(Self(names))
    }

    /// How many classes there are, 1 to 256.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Always false: there is at least one class.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The name of a class, or nothing where there is no such class.
    pub fn name(&self, class: ClassId) -> Option<&str> {
        self.0.get(usize::from(class.0)).map(String::as_str)
    }

    /// Every class, in order.
    pub fn ids(&self) -> impl Iterator<Item = ClassId> {
        (0..=u8::MAX).map(ClassId).take(self.len())
    }

    /// Every name, in the order of the ids.
    pub fn names(&self) -> &[String] {
        &self.0
    }
}

impl Default for ClassNames {
    fn default() -> Self {
        Self(
            [
                "horse",
                "bed",
                "clock",
                "apple",
                "cat",
                "plane",
                "television",
                "dog",
                "dolphin",
                "spider",
            ]
            .map(String::from)
            .to_vec(),
        )
    }
}

impl TryFrom<Vec<String>> for ClassNames {
    type Error = ClassNamesError;

    fn try_from(names: Vec<String>) -> Result<Self, Self::Error> {
        Self::new(names)
    }
}

impl From<ClassNames> for Vec<String> {
    fn from(names: ClassNames) -> Self {
        names.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(count: usize) -> Vec<String> {
        (0..count).map(|index| index.to_string()).collect()
    }

    #[test]
    fn control_characters_are_refused() {
        for name in ["\u{1b}[31mred", "two\nlines", "a\u{7}", "\u{9b}0m"] {
            let error = ClassNames::new(vec![name.into()]).unwrap_err();
            assert!(error.to_string().contains("control character"), "{error}");
        }
        assert!(ClassNames::new(vec!["chat noir, 猫".into()]).is_ok());
    }

    #[test]
    fn the_default_names_the_ten_in_order() {
        let names = ClassNames::default();
        assert_eq!(names.len(), 10);
        assert_eq!(names.name(ClassId(0)), Some("horse"));
        assert_eq!(names.name(ClassId(9)), Some("spider"));
        assert_eq!(names.name(ClassId(10)), None);
        assert!(ClassNames::new(names.names().to_vec()).is_ok());
    }

    #[test]
    fn one_to_256_names_are_taken() {
        assert_eq!(
            ClassNames::new(vec![]).unwrap_err(),
            ClassNamesError::Count(0)
        );
        assert_eq!(ClassNames::new(numbered(1)).unwrap().ids().count(), 1);
        let most = ClassNames::new(numbered(256)).unwrap();
        assert_eq!(most.ids().last(), Some(ClassId(255)));
        assert_eq!(
            ClassNames::new(numbered(257)).unwrap_err(),
            ClassNamesError::Count(257)
        );
    }

    #[test]
    fn blank_and_repeated_names_are_refused() {
        let blank = vec!["cat".into(), " ".into()];
        assert_eq!(
            ClassNames::new(blank).unwrap_err(),
            ClassNamesError::Blank(1)
        );
        let twice = vec!["cat".into(), "dog".into(), "cat".into()];
        assert_eq!(
            ClassNames::new(twice).unwrap_err(),
            ClassNamesError::Twice("cat".into())
        );
        let spaces = vec![" cat".into(), "cat".into()];
        assert_eq!(
            ClassNames::new(spaces).unwrap_err(),
            ClassNamesError::Spaces("cat".into())
        );
        assert!(ClassNames::new(vec![" cat".into(), "dog".into()]).is_ok());
    }

    #[test]
    fn json_is_a_plain_list_and_is_checked() {
        let names = ClassNames::new(vec!["cup".into(), "hat".into()]).unwrap();
        let json = serde_json::to_string(&names).unwrap();
        assert_eq!(json, r#"["cup","hat"]"#);
        assert_eq!(serde_json::from_str::<ClassNames>(&json).unwrap(), names);
        let refused = serde_json::from_str::<ClassNames>(r#"["cup","cup"]"#).unwrap_err();
        assert!(refused.to_string().contains("\"cup\" is given twice"));
    }
}
