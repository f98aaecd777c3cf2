//! What can be wrong with a data set. Every message names the file and what to do about it.

use std::fmt;
use std::io;

use shared::classes::ClassNamesError;

use crate::decode::PictureError;
use crate::find::{DATA_VARIABLE, Found, Reason};
use crate::store::Place;

/// How many problems of one kind are listed.
const LISTED: usize = 10;

/// One problem with a data set, or all of them.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// There is no folder or file at the given location.
    #[error(
        "{0}: no such folder or zip file; check the spelling, or see `trainer data info` for where data is looked for"
    )]
    NotFound(Place),
    /// The location is a file, but no zip.
    #[error(
        "{0}: neither a folder nor a zip file; give the folder that holds train_data and test_data, or its zip"
    )]
    NotADataSet(Place),
    /// The location is an archive, but no zip.
    #[error("{place}: {archive} archives are not read; unpack it, or pack it as a zip")]
    Archive {
        /// The archive.
        place: Place,
        /// Its kind.
        archive: &'static str,
    },
    /// The location is called a zip, and is a web page.
    #[error("{0}: is a web page (HTML), no zip; the download failed: download it again")]
    WebPage(Place),
    /// The location, which the environment names, holds no data.
    #[error(
        "{0}; it's the environment variable {DATA_VARIABLE} that names it: correct or unset that"
    )]
    FromVariable(Box<DataError>),
    /// The location is a part of a data set.
    #[error(
        "{0}: is only a part of a data set; give the folder that holds train_data and test_data"
    )]
    Part(Place),
    /// Several folders that could be meant.
    #[error("{place}: holds several data sets, in {folders}; give one of them")]
    Several {
        /// The folder or zip.
        place: Place,
        /// The folders that hold a layout each.
        folders: String,
    },
    /// The operating system refused to list or read something.
    #[error("{place}: cannot be read ({cause}); check its permissions and the disk")]
    Unreadable {
        /// What was being read.
        place: Place,
        /// Why it failed.
        cause: io::Error,
    },
    /// A symbolic link to nothing, or to itself.
    #[error("{place}: is a link that leads nowhere (to {target}); mend or remove it")]
    BrokenLink {
        /// The link.
        place: Place,
        /// Where it should lead.
        target: String,
    },
    /// A symbolic link in a zip.
    #[error("{0}: is a link in the zip; pack it again with the file itself")]
    ZippedLink(Place),
    /// A zip entry that wants a password.
    #[error("{0}: is encrypted; unpack the zip, or pack it again without a password")]
    Encrypted(Place),
    /// A zip entry packed in a way that is not read.
    #[error(
        "{place}: is packed with {method}, which is not read; unpack the zip, or pack it again with Deflate"
    )]
    ZipMethod {
        /// The entry.
        place: Place,
        /// The way of packing.
        method: String,
    },
    /// The zip file, or one entry of it, is damaged.
    #[error("{place}: the zip cannot be read ({cause}); download or pack it again")]
    Zip {
        /// The zip file or the entry in it.
        place: Place,
        /// Why it failed.
        cause: zip::result::ZipError,
    },
    /// A folder of the layout is missing.
    #[error(
        "{place}: folder missing; the layout is train_data/<class>/<n>.png and test_data/0/<number>.png{}{}",
        beside(.found), packed(.archives)
    )]
    MissingFolder {
        /// Where the folder should be.
        place: Place,
        /// The folders that are there instead.
        found: Vec<String>,
        /// The archives that are there, which may hold it.
        archives: Vec<String>,
    },
    /// A class of photos has no folder.
    #[error(
        "{folder}: the folder of class {class} ({name}) is missing; every class from 0 to {last} needs one. Where these are other \
         classes, list their names in classes.txt beside train_data"
    )]
    MissingClass {
        /// Where the folder should be.
        folder: Place,
        /// The class, which is the folder's name.
        class: usize,
        /// The class in words.
        name: String,
        /// The last class.
        last: usize,
    },
    /// A folder among the classes that names no class.
    #[error(
        "{folder}: not a class; the folders of train_data are {expected}: rename it, move it away, or list all classes in \
         classes.txt beside train_data"
    )]
    UnexpectedClass {
        /// The folder.
        folder: Place,
        /// The folders of the classes.
        expected: String,
    },
    /// Photos that are in no class's folder.
    #[error(
        "{0}: holds photos but no folders; put the photos of each class into a folder of its own"
    )]
    NoClasses(Place),
    /// A class's folder whose name is no text.
    #[error("{0}: the name of a class must be UTF-8 text; rename the folder")]
    ClassNotText(Place),
    /// Two classes' folders whose names are written differently but are the same.
    #[error(
        "{second}: the same name as that of {first}, in another Unicode form; rename or join them"
    )]
    SameClass {
        /// The folder that came first.
        first: Place,
        /// The folder that came second.
        second: Place,
    },
    /// A list of names that is no text.
    #[error("{0}: is not UTF-8 text; save it as such")]
    NotText(Place),
    /// Names that cannot be those of classes.
    #[error("{place}: {cause}")]
    Classes {
        /// The list of names, or the folder whose folders are named so.
        place: Place,
        /// What is wrong with them, and what to do.
        cause: ClassNamesError,
    },
    /// A folder without a single picture.
    #[error("{place}: holds no pictures{}; put pictures there, such as PNG files", only(.others))]
    Empty {
        /// The folder.
        place: Place,
        /// How many other files it holds, and the first.
        others: Option<(usize, Place)>,
    },
    /// A doodle whose file is not named by its id.
    #[error(
        "{0}: the name of a doodle's file must be its number, such as 00042.bmp, where another's is; rename it"
    )]
    NotANumber(Place),
    /// A doodle whose number is too large.
    #[error("{0}: numbers go up to {max}; rename it", max = u64::MAX)]
    NumberTooLarge(Place),
    /// Two doodles with the same id.
    #[error("{second}: has the same number as {first}; rename or remove one of them")]
    DuplicateId {
        /// The file that came first.
        first: Place,
        /// The file that came second.
        second: Place,
    },
    /// A file that is no picture which can be used.
    #[error("{place}: {cause}")]
    Picture {
        /// The picture's file.
        place: Place,
        /// Why it is none, and what to do.
        cause: PictureError,
    },
    /// More than one problem.
    #[error("{place}: {count} problems, to be put right before it is used\n{list}", count = .problems.len(), list = List(.problems))]
    All {
        /// The folder or zip.
        place: Place,
        /// At least two, none of which is of this kind.
        problems: Vec<DataError>,
    },
}

fn beside(found: &[String]) -> String {
    match found {
        [] => String::new(),
        found => format!("; there is {}", found.join(", ")),
    }
}

fn packed(archives: &[String]) -> String {
    match archives {
        [] => String::new(),
        archives => format!("; unpack {}, if it's in there", archives.join(", ")),
    }
}

fn only(others: &Option<(usize, Place)>) -> String {
    match others {
        None => String::new(),
        Some((1, first)) => format!(", only {first}"),
        Some((count, first)) => format!(", only {count} other files such as {first}"),
    }
}

impl DataError {
    /// What problems like this one are called together.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::NotFound(_)
            | Self::NotADataSet(_)
            | Self::Archive { .. }
            | Self::WebPage(_)
            | Self::Part(_)
            | Self::FromVariable(_)
            | Self::Several { .. } => "no data",
            Self::Unreadable { .. } => "files or folders that cannot be read",
            Self::BrokenLink { .. } | Self::ZippedLink(_) => "links that lead nowhere",
            Self::Encrypted(_) | Self::ZipMethod { .. } | Self::Zip { .. } => {
                "zip entries that cannot be read"
            }
            Self::MissingFolder { .. } => "missing folders",
            Self::MissingClass { .. } => "missing classes",
            Self::Classes { .. }
            | Self::ClassNotText(_)
            | Self::SameClass { .. }
            | Self::NotText(_) => "names that classes cannot have",
            Self::UnexpectedClass { .. } => "folders that are no class",
            Self::NoClasses(_) => "photos without a class",
            Self::Empty { .. } => "folders without pictures",
            Self::NotANumber(_) => "names that are no number",
            Self::NumberTooLarge(_) => "numbers that are too large",
            Self::DuplicateId { .. } => "numbers that are used twice",
            Self::Picture { cause, .. } => cause.kind(),
            Self::All { .. } => "problems",
        }
    }

    /// A picture of a format that is not read.
    pub(super) fn unread(place: Place, format: &'static str) -> Self {
        let cause = PictureError::Unread(format);
        Self::Picture { place, cause }
    }

    /// The same with what named the data, where that may be what is wrong and where nothing else says it.
    #[must_use]
    pub fn of(self, found: &Found) -> Self {
        if found.reason == Reason::Variable && self.kind() == "no data" {
            return Self::FromVariable(Box::new(self));
        }
        self
    }

    /// All the problems with something; none is no error.
    pub(super) fn all(place: Place, mut problems: Vec<Self>) -> Result<(), Self> {
        match problems.len() {
            0 => Ok(()),
            1 => problems.pop().map_or(Ok(()), Err),
            _ => Err(Self::All { place, problems }),
        }
    }
}

/// Problems by kind, one a line, kinds in the order in which they were met, so many of each.
pub(super) struct List<'a>(pub &'a [DataError]);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut kinds: Vec<(&'static str, Vec<&DataError>)> = Vec::new();
        for problem in self.0 {
            match kinds.iter_mut().find(|(kind, _)| *kind == problem.kind()) {
                Some((_, same)) => same.push(problem),
                None => kinds.push((problem.kind(), vec![problem])),
            }
        }
        let mut lines = Vec::new();
        for (kind, problems) in kinds {
            lines.push(format!("{}: {kind}", problems.len()));
            lines.extend(
                problems
                    .iter()
                    .take(LISTED)
                    .map(|problem| format!("  {problem}")),
            );
            if problems.len() > LISTED {
                lines.push(format!("  ... and {} more", problems.len() - LISTED));
            }
        }
        f.write_str(&lines.join("\n"))
    }
}
