//! Files and folders that are not looked at.

use std::collections::BTreeMap;

use super::store::Place;

/// How many files and folders are passed over for each reason, and the first of them.
#[derive(Debug, Default)]
pub(super) struct PassedOver(BTreeMap<Why, (usize, Place)>);

/// Why a file or folder is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It is no picture.
    NoPicture,
    /// A picture of a format that is not read, and there is one that is read with the same name.
    OtherFormat,
    /// A folder inside of one that holds pictures.
    Folder,
    /// A folder of pictures beside the classes' whose name begins with a dot.
    Hidden,
    /// A folder beside one of the layout's whose name differs from that one's in case alone.
    OtherCase,
    /// A picture beside the folder in which pictures are looked for.
    Beside,
}

impl PassedOver {
    pub fn add(&mut self, why: Why, place: Place) {
        self.0.entry(why).or_insert((0, place)).0 += 1;
    }

    /// How many files that is in all.
    pub fn files(&self) -> usize {
        let is_file = |why: &Why| !matches!(why, Why::Folder | Why::Hidden | Why::OtherCase);
        let files = self.0.iter().filter(|(why, _)| is_file(why));
        files.map(|(_, (count, _))| count).sum()
    }

    pub fn iter(&self) -> impl Iterator<Item = (Why, usize, &Place)> {
        self.0
            .iter()
            .map(|(why, (count, first))| (*why, *count, first))
    }
}
