//! The words of the project: what is written, and what is not.

/// Words that a reader from the field would have to translate, and what is written instead. `_`, `-` and capitals inside a name
/// separate words: `named_right` and `NamedRight` are "named right".
pub const WORDS: [(&[&str], &str); 21] = [
    (
        &[
            "named right",
            "named rightly",
            "named wrongly",
            "share right",
            "hits",
        ],
        "accuracy, correct, or classified correctly",
    ),
    (&["guess", "guesses"], "prediction"),
    (
        &["certainty", "certainties", "surest", "surer"],
        "confidence, or most confident",
    ),
    (&["surprise"], "negative log-likelihood"),
    (&["kept aside", "keep aside", "left aside"], "held out"),
    (
        &["teaching", "taught", "holds knowledge"],
        "distillation, distilled from, or soft targets",
    ),
    (&["carried along"], "propagated, or label propagation"),
    (&["equal shares", "fair"], "balanced, or Sinkhorn"),
    (&["who is alike"], "contrastive, or `simclr`"),
    (&["mark", "marks", "marked"], "snapshot, or snapshot epochs"),
    (&["handed in", "hands in"], "submission"),
    (
        &["moment"],
        "checkpoint selector; its values are latest, best and snapshot",
    ),
    (&["facts"], "run info"),
    (
        &["redraw", "redrawn", "careless"],
        "robustness, retraced, or perturbation",
    ),
    (&["geometry"], "augmentation"),
    (&["source view", "source views"], "source transform"),
    (
        &["balance loss", "balance and consistency"],
        "information maximisation",
    ),
    (&["way back"], "backward pass, or gradient"),
    (&["hangs on", "hang on"], "depends on"),
    (
        &["goes on", "go on", "going on", "went on"],
        "resumes, or continues",
    ),
    (
        &["in turns", "written beside"],
        "alternately; written to a temporary path and renamed",
    ),
];

/// A place in which some of these words are right.
pub struct Exception {
    /// The start of its path; empty for every file.
    pub files: &'static str,
    /// The words that are right there; empty for all.
    pub words: &'static [&'static str],
    /// A part of the line; empty for every line.
    pub part: &'static str,
    /// Why they are right.
    pub reason: &'static str,
}

const fn except(
    files: &'static str,
    words: &'static [&'static str],
    part: &'static str,
    reason: &'static str,
) -> Exception {
    Exception {
        files,
        words,
        part,
        reason,
    }
}

const ANY: &[&str] = &[];
const GUESS: &[&str] = &["guess", "guesses"];
const MARK: &[&str] = &["mark"];
const TAUGHT: &[&str] = &["taught"];

/// The places in which these words are right.
pub const EXCEPTIONS: &[Exception] = &[
    except(
        "trainer/",
        ANY,
        "alias = \"",
        "a hidden alias, or an older name in a stored file",
    ),
    except("trainer/", ANY, "OLD_INFO", "a file's older name"),
    except("trainer/", ANY, "OLD_SNAPSHOTS", "a folder's older name"),
    except(
        "trainer/src/training/recipe/checked/tests.rs",
        ANY,
        "\"",
        "tests of older names",
    ),
    except(
        "trainer/tests/older_names.rs",
        ANY,
        "",
        "tests of older names",
    ),
    except("docs/run-folder.md", ANY, "`", "lists older names"),
    except(
        "docs/training-log.md",
        ANY,
        "--",
        "commands as they were run",
    ),
    except("docs/accessibility.md", ANY, "", "the page's own words"),
    except(
        "docs/compare.md",
        GUESS,
        "guesses",
        "another game's own words",
    ),
    except(
        "docs/ARCHITECTURE.md",
        GUESS,
        "`guess`",
        "a folder of the page",
    ),
    except(
        "",
        TAUGHT,
        "taught with photos",
        "the page's promise, for everybody",
    ),
    except("", GUESS, "I’ll guess", "the page's own words"),
    except("", GUESS, "No guesses for now", "the page's own words"),
    except("", GUESS, "There are no guesses", "the page's own words"),
    except(
        "web/src/text.rs",
        GUESS,
        "About the guess",
        "the page's own words",
    ),
    except(
        "web/src/guess/",
        GUESS,
        "",
        "the prediction as the page words it for everybody",
    ),
    except("web/src/game/", GUESS, "", "a game of guessing"),
    except(
        "web/tests/components/guess.rs",
        GUESS,
        "",
        "tests of the page’s guess",
    ),
    except(
        "web/tests/components/game.rs",
        GUESS,
        "",
        "tests of the game",
    ),
    except("web/", GUESS, "guess::", "a folder of the page"),
    except("web/", GUESS, "guess/", "a folder of the page"),
    except("web/", GUESS, "mod guess;", "a folder of the page"),
    except(
        "web/src/language/tests.rs",
        GUESS,
        ", guess,",
        "a folder of the page",
    ),
    except("", GUESS, "#guess", "an element of the page"),
    except("", GUESS, "getElementById(", "an element of the page"),
    except("xtask/server/", GUESS, "mime_guess", "a crate"),
    except(
        "trainer/",
        GUESS,
        "guess_format",
        "a function of the crate image",
    ),
    except("", MARK, "quotation mark", "a character"),
    except("", MARK, "question mark", "a character"),
    except("", MARK, "byte-order mark", "a character"),
    except("shared/src/picture/canny.rs", ANY, "", "marks of pixels"),
    except("shared/src/picture/ridges.rs", ANY, "", "marks of pixels"),
    except(
        "shared/src/drawing/coverage.rs",
        ANY,
        "geometry",
        "the geometry of polygons",
    ),
];
