//! Where data is looked for when nobody says.

use std::env;
use std::fmt;
use std::path::{Path, PathBuf};

/// The environment variable that names the data.
pub const DATA_VARIABLE: &str = "EDGEWISE_DATA";

/// Looked for in the working folder, in this order.
const USUAL_PLACES: [&str; 4] = [
    "data/real_or_drawing",
    "data/real_or_drawing.zip",
    "real_or_drawing",
    "real_or_drawing.zip",
];

/// Which data to use, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// A folder or zip file, which may turn out not to exist where somebody named it; `None` is the embedded sample.
    pub location: Option<PathBuf>,
    /// Why that one.
    pub reason: Reason,
}

/// Why some data was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Named on the command line.
    Argument,
    /// Named by [`DATA_VARIABLE`].
    Variable,
    /// Lies in one of the usual places.
    UsualPlace,
    /// The data of the run that is resumed.
    Run,
    /// There is no other.
    NothingElse,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.location {
            Some(location) => write!(f, "{} ({})", location.display(), self.reason),
            None => write!(f, "the embedded sample ({})", self.reason),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument => write!(f, "given with --data"),
            Self::Variable => write!(f, "given by {DATA_VARIABLE}"),
            Self::UsualPlace => write!(f, "found in the working folder"),
            Self::Run => write!(f, "as the run was started with"),
            Self::NothingElse => {
                write!(
                    f,
                    "no --data, no {DATA_VARIABLE}, and none of {} exists",
                    USUAL_PLACES.join(", ")
                )
            }
        }
    }
}

/// `explicit`, else what `EDGEWISE_DATA` names, else the first of the usual places that exists, else the embedded sample.
#[must_use]
pub fn find(explicit: Option<&Path>) -> Found {
    let variable = env::var_os(DATA_VARIABLE)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from);
    find_from(explicit, variable, Path::new(""))
}

fn find_from(explicit: Option<&Path>, variable: Option<PathBuf>, working_folder: &Path) -> Found {
    let usual = || {
        USUAL_PLACES
            .map(|place| working_folder.join(place))
            .into_iter()
            .find(|place| place.exists())
    };
    let (location, reason) = if let Some(path) = explicit {
        (Some(path.to_owned()), Reason::Argument)
    } else if let Some(path) = variable {
        (Some(path), Reason::Variable)
    } else if let Some(path) = usual() {
        (Some(path), Reason::UsualPlace)
    } else {
        (None, Reason::NothingElse)
    };
    Found { location, reason }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_nearest_word_counts() {
        let folder = tempfile::tempdir().unwrap();
        let (here, named) = (folder.path(), PathBuf::from("named"));
        assert_eq!(
            find_from(None, None, here),
            Found {
                location: None,
                reason: Reason::NothingElse
            }
        );
        fs::write(here.join("real_or_drawing.zip"), "").unwrap();
        assert_eq!(
            find_from(None, None, here).location,
            Some(here.join("real_or_drawing.zip"))
        );
        fs::create_dir_all(here.join("data/real_or_drawing")).unwrap();
        assert_eq!(
            find_from(None, None, here),
            Found {
                location: Some(here.join("data/real_or_drawing")),
                reason: Reason::UsualPlace
            }
        );
        assert_eq!(
            find_from(None, Some(named.clone()), here).reason,
            Reason::Variable
        );
        assert_eq!(
            find_from(Some(Path::new("x")), Some(named), here).to_string(),
            "x (given with --data)"
        );
    }
}
