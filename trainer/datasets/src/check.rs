//! Everything that is wrong with a data set, and what is merely odd.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use serde_json::{Value, json};
use shared::classes::ClassId;

use super::DataError;
use super::error::List;
use super::findings::{Findings, remarks, warnings};
use super::open::load;
use super::store::{Node, Place, Store};
use super::warning::{Remark, Warning};

/// The largest class may have this many times as many photos as the smallest without a warning.
const BALANCED: f64 = 1.5;

/// What a data set holds, and what is wrong with it.
#[derive(Debug)]
pub struct DataReport {
    /// The folder or zip file.
    pub place: Place,
    /// Each class's name and its readable photos.
    pub photos: Vec<(String, usize)>,
    /// Readable doodles.
    pub doodles: usize,
    /// What keeps the data set from being used.
    pub problems: Vec<DataError>,
    /// What does not.
    pub warnings: Vec<Warning>,
}

impl DataReport {
    /// The same for programs to read.
    #[must_use]
    pub fn json(&self) -> Value {
        let words = |items: &[DataError]| items.iter().map(ToString::to_string).collect::<Vec<_>>();
        let photos = self.photos.iter();
        json!({
            "data": self.place.to_string(),
            "usable": self.is_usable(),
            "photos": photos.map(|(name, count)| json!({ "name": name, "photos": count })).collect::<Vec<_>>(),
            "doodles": self.doodles,
            "problems": words(&self.problems),
            "warnings": self.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })
    }

    /// Whether the data set can be used.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Reads a whole folder or zip file and collects every problem, and everything odd.
///
/// # Errors
/// Where there is nothing to look at: no such file, not a zip, a folder that cannot be listed.
pub fn check(location: &Path) -> Result<DataReport, DataError> {
    let findings = load(location)?;
    let classes = &findings.classes.names;
    let count = |class| {
        findings
            .photos
            .keys
            .iter()
            .filter(|label| **label == class)
            .count()
    };
    let photos: Vec<(String, usize)> = classes
        .names()
        .iter()
        .cloned()
        .zip(classes.ids().map(count))
        .collect();
    let mut warnings = warnings(&findings);
    warnings.extend(imbalance(&photos));
    warnings.extend(resized(&findings));
    warnings.extend(copies(&findings));
    Ok(DataReport {
        place: findings.store.place_of(""),
        photos,
        doodles: findings.doodles.keys.len(),
        problems: findings.notes.problems,
        warnings,
    })
}

/// Pictures that are changed when they are read.
fn resized(findings: &Findings) -> Vec<Warning> {
    let (photos, doodles) = (&findings.photos, &findings.doodles);
    let is_change = |remark: &Remark| {
        matches!(
            remark,
            Remark::Resized | Remark::Normalised | Remark::Inverted
        )
    };
    let store = &findings.store;
    let mut changed = remarks(store, "photos", &photos.files, &photos.remarks, is_change);
    changed.extend(remarks(
        store,
        "doodles",
        &doodles.files,
        &doodles.remarks,
        is_change,
    ));
    changed
}

fn imbalance(photos: &[(String, usize)]) -> Option<Warning> {
    let by_count = |class: &&(String, usize)| class.1;
    let (fewest, most) = (
        photos.iter().min_by_key(by_count)?,
        photos.iter().max_by_key(by_count)?,
    );
    let is_odd = fewest.1 > 0 && most.1 as f64 > BALANCED * fewest.1 as f64;
    is_odd.then(|| Warning::Unbalanced {
        fewest: fewest.clone(),
        most: most.clone(),
    })
}

fn copies(findings: &Findings) -> Vec<Warning> {
    let (photos, doodles, store) = (&findings.photos, &findings.doodles, &findings.store);
    let twins = Twins::among(
        photos
            .pictures
            .iter()
            .map(|picture| picture.as_raw().as_slice()),
    );
    let class = |photo: usize| -> ClassId { photos.keys[photo] };
    let (same, other): (Vec<_>, Vec<_>) = twins
        .0
        .into_iter()
        .partition(|(first, second)| class(*first) == class(*second));
    let mut warnings = Vec::new();
    if let Some((first, second)) = other.first() {
        let place = |photo: usize| store.place(&photos.files[photo]);
        warnings.push(Warning::Contradictions {
            count: other.len(),
            first: place(*first),
            second: place(*second),
        });
    }
    warnings.extend(Twins(same).warning("photos", store, &photos.files));
    let twins = Twins::among(
        doodles
            .pictures
            .iter()
            .map(|picture| picture.as_raw().as_slice()),
    );
    warnings.extend(twins.warning("doodles", store, &doodles.files));
    warnings
}

/// Each picture that has come before, after the place where it first came.
struct Twins(Vec<(usize, usize)>);

impl Twins {
    fn among<'a>(pictures: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut seen = HashMap::new();
        let mut twins = Vec::new();
        for (place, picture) in pictures.enumerate() {
            let first = *seen.entry(picture).or_insert(place);
            if first != place {
                twins.push((first, place));
            }
        }
        Self(twins)
    }

    fn warning(&self, kind: &'static str, store: &Store, files: &[Node]) -> Option<Warning> {
        let (first, second) = self.0.first()?;
        let place = |picture: usize| store.place(&files[picture]);
        Some(Warning::Copies {
            kind,
            count: self.0.len(),
            first: place(*first),
            second: place(*second),
        })
    }
}

impl fmt::Display for DataReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.place)?;
        let photos: usize = self.photos.iter().map(|(_, count)| count).sum();
        let classes: Vec<String> = self
            .photos
            .iter()
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        writeln!(f, "  {photos} photos: {}", classes.join(", "))?;
        writeln!(f, "  {} doodles", self.doodles)?;
        if !self.problems.is_empty() {
            writeln!(f, "{}", List(&self.problems))?;
        }
        for warning in &self.warnings {
            writeln!(f, "Warning: {warning}")?;
        }
        match self.problems.len() {
            0 => write!(f, "Ready to train on."),
            1 => write!(f, "1 problem: not to be used before it is put right."),
            count => write!(
                f,
                "{count} problems: not to be used before they are put right."
            ),
        }
    }
}

#[cfg(test)]
mod tests;
