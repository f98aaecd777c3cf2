//! What is odd about a data set that can be used.

use std::fmt;

use super::passed_over::Why;
use super::store::Place;

/// What there is to say about a picture that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remark {
    /// Its contents are of this format, and its name says another.
    Misnamed(&'static str),
    /// It had another size, and was resized.
    Resized,
    /// It was a drawing of another size, or on a transparent ground, and was normalised.
    Normalised,
    /// It was dark on light, and was inverted.
    Inverted,
    /// It's a bitmap of 28x28 that is dark on light, and has not been inverted.
    DarkBitmap,
    /// It shows nothing.
    Blank,
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
    /// Files and folders that are not looked at.
    PassedOver {
        /// Why.
        why: Why,
        /// How many.
        count: usize,
        /// The first.
        first: Place,
    },
    /// Several files of a zip have one name.
    Doubles(Place),
    /// Classes whose names an old zip does not say the letters of.
    GuessedNames {
        /// The first of their folders.
        first: Place,
    },
    /// Two classes whose names differ in case alone.
    SimilarClasses(String, String),
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
                let such = format!("such as {first}");
                match (remark, *kind) {
                    (Remark::Misnamed(format), _) => write!(
                        f,
                        "{count} {kind} are {format} by their contents, {such}: they are read as that, whatever their names say"
                    ),
                    (Remark::Resized, "photos") => write!(
                        f,
                        "{count} {kind} are not 32x32: their centred squares are resized, {such}"
                    ),
                    (Remark::Resized, _) => write!(
                        f,
                        "{count} {kind} are bitmaps like those of 28x28, but larger: they are resized, {such}"
                    ),
                    (Remark::Normalised, _) => write!(
                        f,
                        "{count} {kind} are no opaque bitmaps of 28x28: they are cropped to their ink and drawn with the page's pen, \
                         {such}"
                    ),
                    (Remark::Inverted, _) => write!(
                        f,
                        "{count} of those are dark on light: they are inverted, {such}"
                    ),
                    (Remark::DarkBitmap, _) => write!(
                        f,
                        "{count} {kind} are 28x28 and light at the border, {such}: bitmaps of that size are taken as they are, and \
                         should be light strokes on dark; invert them, or save them larger, which has them inverted when they are read"
                    ),
                    (Remark::Blank, _) => write!(
                        f,
                        "{count} {kind} show nothing, {such}: the sheet is blank, or its ink too faint; draw them anew or remove them"
                    ),
                }
            }
            Self::PassedOver { why, count, first } => {
                let (one, more) = match why {
                    Why::NoPicture => ("file that is not a picture", "files that are not pictures"),
                    Why::OtherFormat => (
                        "file of a format that is not read, beside a picture of the same name",
                        "files of formats that are not read, each beside a picture of the same name",
                    ),
                    Why::Folder => (
                        "folder inside of a folder of pictures",
                        "folders inside of folders of pictures",
                    ),
                    Why::Hidden => (
                        "folder of pictures whose name begins with a dot, as those of hidden folders do; to make it a class, rename it \
                         and list its name in classes.txt",
                        "folders of pictures whose names begin with a dot, as those of hidden folders do; to make them classes, rename \
                         them and list their names in classes.txt",
                    ),
                    Why::OtherCase => (
                        "folder whose name differs in case alone from that of one that is read",
                        "folders whose names differ in case alone from that of one that is read",
                    ),
                    Why::Beside => (
                        "picture beside the folders of pictures",
                        "pictures beside the folders of pictures",
                    ),
                };
                match count {
                    1 => write!(f, "passed over 1 {one}: {first}"),
                    count => write!(f, "passed over {count} {more}, such as {first}"),
                }
            }
            Self::Doubles(zip) => write!(
                f,
                "{zip}: some names are there more than once; the last file of each is read"
            ),
            Self::GuessedNames { first } => write!(
                f,
                "{first}: an old zip, which does not say what letters its names are in; check the names of the classes, or pack \
                 it again"
            ),
            Self::SimilarClasses(one, other) => write!(
                f,
                "the classes {one:?} and {other:?} differ in case alone; if they are one, put their photos into one folder"
            ),
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
