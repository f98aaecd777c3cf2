//! What was found at a data set's location.

use std::collections::BTreeMap;

use image::{GrayImage, RgbImage};
use shared::classes::ClassId;

use super::class_folders::Classes;
use super::notes::Notes;
use super::passed_over::{PassedOver, Why};
use super::store::{Node, Place, Spelling, Store};
use super::warning::{Remark, Warning};

/// Pictures that could be read, and the file of each.
pub(super) struct Loaded<K, P> {
    pub keys: Vec<K>,
    pub files: Vec<Node>,
    pub pictures: Vec<P>,
    /// Places in `files` of those about which there is something to say.
    pub remarks: BTreeMap<Remark, Vec<usize>>,
}

/// Whatever of a data set could be read, and whatever could not.
pub(super) struct Findings {
    pub store: Store,
    pub classes: Classes,
    pub photos: Loaded<ClassId, RgbImage>,
    pub doodles: Loaded<u64, GrayImage>,
    pub notes: Notes,
}

/// What whoever trains on the data should know.
pub(super) fn warnings(findings: &Findings) -> Vec<Warning> {
    let Findings {
        store,
        classes,
        photos,
        doodles,
        notes,
    } = findings;
    let mut warnings = passed_over(&notes.passed_over);
    warnings.extend(
        store
            .has_doubles()
            .then(|| Warning::Doubles(store.place_of(""))),
    );
    let mut guessed = classes
        .folders()
        .filter(|folder| folder.spelling == Spelling::Guessed);
    warnings.extend(guessed.next().map(|folder| Warning::GuessedNames {
        first: store.place(folder),
    }));
    let names = classes.names.names();
    let similar = names.iter().enumerate().find_map(|(at, one)| {
        let other = names[at + 1..]
            .iter()
            .find(|other| is_similar(one, other))?;
        Some(Warning::SimilarClasses(one.clone(), other.clone()))
    });
    warnings.extend(similar);
    let is_fault = |remark: &Remark| {
        matches!(
            remark,
            Remark::Misnamed(_) | Remark::DarkBitmap | Remark::Blank
        )
    };
    warnings.extend(remarks(
        store,
        "photos",
        &photos.files,
        &photos.remarks,
        is_fault,
    ));
    warnings.extend(remarks(
        store,
        "doodles",
        &doodles.files,
        &doodles.remarks,
        is_fault,
    ));
    warnings
}

/// Whether two names are the same without regard to case and to spaces around them.
fn is_similar(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// What is not looked at.
fn passed_over(passed_over: &PassedOver) -> Vec<Warning> {
    let warning = |(why, count, first): (Why, usize, &Place)| Warning::PassedOver {
        why,
        count,
        first: first.clone(),
    };
    passed_over.iter().map(warning).collect()
}

/// What there is to say about pictures of a kind, if it is `wanted`.
pub(super) fn remarks(
    store: &Store,
    kind: &'static str,
    files: &[Node],
    remarks: &BTreeMap<Remark, Vec<usize>>,
    wanted: impl Fn(&Remark) -> bool,
) -> Vec<Warning> {
    let wanted = remarks.iter().filter(|(remark, _)| wanted(remark));
    let warning = |(remark, places): (&Remark, &Vec<usize>)| {
        Some(Warning::Remark {
            remark: *remark,
            kind,
            count: places.len(),
            first: store.place(&files[*places.first()?]),
        })
    };
    wanted.filter_map(warning).collect()
}
