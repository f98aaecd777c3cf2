//! A class of the visitor's own.

use shared::classes::ClassNames;
use shared::drawing::Drawing;

use super::means::ClassMean;
use crate::language::class_name;

/// How many examples make a class.
pub const EXAMPLES: usize = 5;
/// The most classes of one's own.
pub const MOST: usize = 8;
/// The longest name, in characters.
pub const LONGEST_NAME: usize = 24;
/// The most features of a network that the page takes.
pub const MOST_FEATURES: usize = 4096;

/// A drawing as an example of a class.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The drawing.
    pub drawing: Drawing,
    /// What the network makes of it before it decides on a class.
    pub features: Vec<f32>,
}

/// A class with its examples.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnClass {
    name: String,
    examples: Vec<Example>,
    mean: ClassMean,
}

/// Why something cannot be a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClassError {
    /// The name is empty or only white space.
    Blank,
    /// The name is too long.
    Long,
    /// Something else has the name.
    Taken(String),
    /// There are other than five examples.
    Count(usize),
    /// The network sees nothing in an example.
    Features,
    /// There is no room for another class.
    Full,
}

/// A name without white space round it.
///
/// # Errors
/// Where it is blank or too long.
pub fn checked_name(name: &str) -> Result<String, ClassError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    // Signs that change how the text round them is shown don't belong into a name.
    let name: String = name
        .chars()
        .filter(|sign| !sign.is_control() && !is_direction(*sign))
        .collect();
    match name.chars().count() {
        0 => Err(ClassError::Blank),
        count if count > LONGEST_NAME => Err(ClassError::Long),
        _ => Ok(name),
    }
}

fn is_direction(sign: char) -> bool {
    matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

impl OwnClass {
    /// A class of five examples.
    ///
    /// # Errors
    /// Where the name or the examples make none.
    pub fn new(name: &str, examples: Vec<Example>) -> Result<Self, ClassError> {
        let name = checked_name(name)?;
        if examples.len() != EXAMPLES {
            return Err(ClassError::Count(examples.len()));
        }
        let features: Vec<Vec<f32>> = examples
            .iter()
            .map(|example| example.features.clone())
            .collect();
        let is_seen = features
            .iter()
            .all(|features| features.len() <= MOST_FEATURES);
        let mean = ClassMean::of(&features).filter(|_| is_seen);
        Ok(Self {
            name,
            mean: mean.ok_or(ClassError::Features)?,
            examples,
        })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its five examples.
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// Whether it is the same class. Drawings are stored with less precision, so features decide.
    pub fn is_same(&self, other: &Self) -> bool {
        let (own, others) = (self.examples.iter(), other.examples.iter());
        self.name == other.name
            && own
                .zip(others)
                .all(|(one, other)| one.features == other.features)
    }

    /// How much features belong to it: 0 to 1.
    pub fn belonging(&self, features: &[f32]) -> f32 {
        self.mean.belonging(features)
    }
}

/// Adds a class to others.
///
/// # Errors
/// Where there is no room, or the name is taken by one of them or by one of the network's.
pub fn add(
    all: &mut Vec<OwnClass>,
    class: OwnClass,
    network: &ClassNames,
) -> Result<(), ClassError> {
    if all.len() >= MOST {
        return Err(ClassError::Full);
    }
    is_free(&class.name, all, network)?;
    all.push(class);
    Ok(())
}

/// Whether a name is taken by none of the classes, whatever the case of its letters, nor by the name under which one is shown.
///
/// # Errors
/// Where it is.
pub fn is_free(name: &str, all: &[OwnClass], network: &ClassNames) -> Result<(), ClassError> {
    let own = all.iter().map(|class| class.name.as_str());
    let network = network.names().iter().map(String::as_str);
    let shown = network.clone().map(class_name);
    match own
        .chain(network)
        .chain(shown)
        .find(|other| other.to_lowercase() == name.to_lowercase())
    {
        Some(other) => Err(ClassError::Taken(other.into())),
        None => Ok(()),
    }
}

#[cfg(test)]
pub(super) mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    /// Five examples whose features lie near one of eight axes.
    pub fn examples(axis: usize) -> Vec<Example> {
        let example = |wobble: u8| {
            let mut features = vec![0.0; 8];
            features[axis] = 4.0;
            features[(axis + 1) % 8] = f32::from(wobble) / 4.0;
            let mut drawing = Drawing::default();
            drawing.begin((f32::from(wobble) * 2.0, 10.0).into());
            drawing.extend((100.0, 200.0).into());
            Example { drawing, features }
        };
        (0..5).map(example).collect()
    }

    pub fn class(name: &str, axis: usize) -> OwnClass {
        OwnClass::new(name, examples(axis)).unwrap()
    }

    #[test]
    fn a_class_takes_a_name_and_five_examples() {
        let error = |name: &str, examples| OwnClass::new(name, examples).unwrap_err();
        assert_eq!(error(" \t", examples(0)), ClassError::Blank);
        assert_eq!(error(&"x".repeat(25), examples(0)), ClassError::Long);
        assert_eq!(
            error("star", examples(0)[..4].to_vec()),
            ClassError::Count(4)
        );
        let mut unseen = examples(0);
        unseen[2].features.fill(0.0);
        assert_eq!(error("star", unseen), ClassError::Features);
        assert_eq!(class("  paper \n plane ", 0).name(), "paper plane");
        assert_eq!(class("\u{202e}star\u{200b}", 0).name(), "star");
    }

    #[test]
    fn each_name_is_given_once_whatever_its_letters() {
        let network = ClassNames::default();
        let mut all = Vec::new();
        add(&mut all, class("Star", 0), &network).unwrap();
        for taken in ["star", "Cat"] {
            let error = add(&mut all, class(taken, 1), &network).unwrap_err();
            assert!(matches!(error, ClassError::Taken(_)), "{taken}");
        }
        for index in 1..MOST {
            add(&mut all, class(&index.to_string(), 1), &network).unwrap();
        }
        assert_eq!(
            add(&mut all, class("more", 1), &network),
            Err(ClassError::Full)
        );
    }
}
