use super::sources;

/// Source files may have this many lines.
const LINES: usize = 400;

/// Half of them have fewer than this.
const MEDIAN: usize = 120;

#[test]
fn source_files_stay_readable() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(
            lines <= LINES,
            "{path} has {lines} lines: split it into files of at most {LINES}, one subject each, so that a reader can hold all of one"
        );
    }
}

#[test]
fn most_source_files_are_short() {
    let mut lines: Vec<usize> = sources()
        .iter()
        .map(|(_, text)| text.lines().count())
        .collect();
    lines.sort_unstable();
    let median = lines[lines.len() / 2];
    println!("{} source files, {median} lines in the median", lines.len());
    assert!(
        median < MEDIAN,
        "half of the source files have {median} lines or more: split the long ones by subject until it is fewer than {MEDIAN}, \
         or files grow past what can be read at a glance"
    );
}
