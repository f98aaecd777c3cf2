//! A class of the visitor's own.

use js_sys::JsString;
use protocol::foreign::is_direction;
use shared::classes::ClassNames;
use shared::drawing::Drawing;

use super::means::ClassMean;
use crate::language::{both, class_name};

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
    // Signs that change how the text round them is shown don't belong into a name.
    let is_unseen = |sign: char| {
        let is_blank = matches!(sign, '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{feff}');
        is_blank || is_direction(sign) || (sign.is_control() && !sign.is_whitespace())
    };
    let seen = name.chars().filter(|sign| !is_unseen(*sign));
    let seen: String = seen.collect();
    let words = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    // Persian words and families of emoji are not theirs without joiners, which join nothing at an end.
    let name = words.trim_matches(|sign| matches!(sign, ' ' | '\u{200c}' | '\u{200d}'));
    match name.chars().count() {
        0 => Err(ClassError::Blank),
        count if count > LONGEST_NAME => Err(ClassError::Long),
        _ => Ok(name.into()),
    }
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

/// Whether a name is taken by none of the classes, whatever the case of its letters and the spelling of its accents, nor by the
/// name under which one is shown in any language.
///
/// # Errors
/// Where it is.
pub fn is_free(name: &str, all: &[OwnClass], network: &ClassNames) -> Result<(), ClassError> {
    let own = all.iter().map(|class| class.name.clone());
    let shown = network.names().iter().map(|name| both(|| class_name(name)));
    let shown = shown.flat_map(|name| [name.english, name.chinese]);
    let all = own.chain(network.names().iter().cloned()).chain(shown);
    differs_from(name, all, |name| composed(name).to_lowercase())
}

/// Whether none of the classes has this name, whatever the case of its letters.
///
/// # Errors
/// Where one has.
pub fn is_distinct(name: &str, all: &[OwnClass], network: &ClassNames) -> Result<(), ClassError> {
    let own = all.iter().map(|class| class.name.clone());
    let all = own.chain(network.names().iter().cloned());
    differs_from(name, all, str::to_lowercase)
}

/// Whether a name differs from others by what is compared of each.
fn differs_from(
    name: &str,
    mut others: impl Iterator<Item = String>,
    compared: fn(&str) -> String,
) -> Result<(), ClassError> {
    let name = compared(name);
    let taken = others.find(|other| compared(other) == name);
    taken.map_or(Ok(()), |other| Err(ClassError::Taken(other)))
}

/// A name with each accented letter as one sign, as far as there is one.
fn composed(name: &str) -> String {
    // Natively only tests run, without what JavaScript knows of letters.
    if cfg!(not(target_family = "wasm")) {
        return name.into();
    }
    JsString::from(name).normalize("NFC").into()
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
        assert_eq!(class("\u{feff} star\u{200d}", 0).name(), "star");
        assert_eq!(error("\u{200d} \u{200c}", examples(0)), ClassError::Blank);
        for joined in ["👨\u{200d}👩\u{200d}👧", "می\u{200c}خواهم"] {
            assert_eq!(class(joined, 0).name(), joined);
        }
    }

    #[test]
    fn each_name_is_given_once_whatever_its_letters() {
        let network = ClassNames::default();
        let mut all = Vec::new();
        add(&mut all, class("Star", 0), &network).unwrap();
        for taken in ["star", "Cat", "貓"] {
            let error = add(&mut all, class(taken, 1), &network).unwrap_err();
            assert!(matches!(error, ClassError::Taken(_)), "{taken}");
        }
        #[cfg(target_family = "wasm")]
        {
            add(&mut all, class("caf\u{e9}", 1), &network).unwrap();
            let again = add(&mut all, class("cafe\u{301}", 1), &network);
            assert_eq!(again, Err(ClassError::Taken("caf\u{e9}".into())));
        }
        for index in all.len()..MOST {
            add(&mut all, class(&index.to_string(), 1), &network).unwrap();
        }
        assert_eq!(
            add(&mut all, class("more", 1), &network),
            Err(ClassError::Full)
        );
    }
}
