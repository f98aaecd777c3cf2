//! Everything that is wrong with a data set, and what is merely odd.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::Path;

use serde_json::{Value, json};
use shared::classes::ClassId;

use super::DataError;
use super::fit::Remark;
use super::open::{Findings, load};
use super::store::{Place, Store};

/// How many files of one kind of problem [`Report`] names.
const NAMED: usize = 10;
/// The largest class may have this many times as many photos as the smallest without a warning.
const BALANCED: f64 = 1.5;

/// What a data set holds, and what is wrong with it.
#[derive(Debug)]
pub struct Report {
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

/// Something odd that does not keep the data set from being used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// Some classes have far more photos than others.
    Unbalanced {
        /// The smallest class and its photos.
        fewest: (String, usize),
        /// The largest class and its photos.
        most: (String, usize),
    },
    /// Pictures about which there is something to say.
    Remark {
        /// What there is to say.
        remark: Remark,
        /// `photos` or `doodles`.
        kind: &'static str,
        /// How many.
        count: usize,
        /// The first.
        first: Place,
    },
    /// Pictures that are the same as another, pixel by pixel.
    Copies {
        /// `photos` or `doodles`.
        kind: &'static str,
        /// Pictures that could go without any being lost.
        count: usize,
        /// A file that has a copy.
        first: Place,
        /// The copy.
        second: Place,
    },
    /// Photos that are in more than one class.
    Contradictions {
        /// Copies of a photo of another class.
        count: usize,
        /// A photo that has a copy in another class.
        first: Place,
        /// The copy.
        second: Place,
    },
}

impl Report {
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

/// Reads a whole folder or zip file and collects every problem, where [`open`](super::open()) stops at the first.
///
/// # Errors
/// Where there is nothing to look at: no such file, not a zip, a folder that cannot be listed.
pub fn check(location: &Path) -> Result<Report, DataError> {
    let findings = load(location)?;
    let classes = &findings.classes;
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
    let mut warnings = Vec::new();
    warnings.extend(imbalance(&photos));
    warnings.extend(remarks(&findings));
    warnings.extend(copies(&findings));
    Ok(Report {
        place: findings.store.place(""),
        photos,
        doodles: findings.doodles.keys.len(),
        problems: findings.problems,
        warnings,
    })
}

/// What there is to say about pictures that can be used.
fn remarks(findings: &Findings) -> Vec<Warning> {
    let store = &findings.store;
    let of_kind = |kind, files: &[String], remarks: &BTreeMap<Remark, Vec<usize>>| {
        let warning = |(remark, places): (&Remark, &Vec<usize>)| {
            Some(Warning::Remark {
                remark: *remark,
                kind,
                count: places.len(),
                first: store.place(&files[*places.first()?]),
            })
        };
        remarks.iter().filter_map(warning).collect::<Vec<_>>()
    };
    let (photos, doodles) = (&findings.photos, &findings.doodles);
    [
        of_kind("photos", &photos.files, &photos.remarks),
        of_kind("doodles", &doodles.files, &doodles.remarks),
    ]
    .concat()
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

    fn warning(&self, kind: &'static str, store: &Store, files: &[String]) -> Option<Warning> {
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

impl fmt::Display for Report {
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
        for (kind, problems) in by_kind(&self.problems) {
            writeln!(f, "{}: {kind}", problems.len())?;
            for problem in problems.iter().take(NAMED) {
                writeln!(f, "  {problem}")?;
            }
            if problems.len() > NAMED {
                writeln!(f, "  ... and {} more", problems.len() - NAMED)?;
            }
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

/// The problems of each kind, kinds in the order in which they were met.
fn by_kind(problems: &[DataError]) -> Vec<(&'static str, Vec<&DataError>)> {
    let mut kinds: Vec<(&'static str, Vec<&DataError>)> = Vec::new();
    for problem in problems {
        match kinds.iter_mut().find(|(kind, _)| *kind == problem.kind()) {
            Some((_, same)) => same.push(problem),
            None => kinds.push((problem.kind(), vec![problem])),
        }
    }
    kinds
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unbalanced { fewest, most } => write!(
                f,
                "classes differ in size: {} has {} photos, {} has {}",
                fewest.0, fewest.1, most.0, most.1
            ),
            Self::Remark {
                remark,
                kind,
                count,
                first,
            } => {
                let what = match (remark, *kind) {
                    (Remark::Misnamed(format), _) => {
                        return write!(
                            f,
                            "{count} {kind} are {format} by their contents, whatever their names say: they are read as that, such \
                             as {first}"
                        );
                    }
                    (Remark::Resized, "photos") => {
                        "are not 32x32: their centred squares are resized"
                    }
                    (Remark::Resized, _) => {
                        "are no opaque bitmaps of 28x28: they are cropped to their ink and drawn anew with the page's pen"
                    }
                    (Remark::Inverted, _) => "of those are dark on light: they are inverted",
                    (Remark::DarkBitmap, _) => {
                        "are 28x28 and light at the border: bitmaps of that size are taken as they are, and should be light strokes \
                         on dark; invert them, or save them larger, so that they are inverted when they are read"
                    }
                    (Remark::Blank, _) => {
                        "show nothing: blank sheets, or ink too faint to be told from the paper; remove them, or draw them anew"
                    }
                };
                match (remark, *kind) {
                    (Remark::Inverted, _) => write!(f, "{count} {what}, such as {first}"),
                    _ => write!(f, "{count} {kind} {what}, such as {first}"),
                }
            }
            Self::Copies {
                kind,
                count,
                first,
                second,
            } => {
                write!(
                    f,
                    "{count} {kind} are copies of another, such as {second} of {first}"
                )
            }
            Self::Contradictions {
                count,
                first,
                second,
            } => {
                write!(
                    f,
                    "{count} photos are copies of one of another class, such as {second} of {first}"
                )
            }
        }
    }
}

#[cfg(test)]
mod tests;
