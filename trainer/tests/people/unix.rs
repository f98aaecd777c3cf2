use std::os::unix::fs::{FileTypeExt, symlink};

use super::*;

fn pipe(folder: &Path, name: &str) -> PathBuf {
    let path = folder.join(name);
    assert!(
        Command::new("mkfifo")
            .arg(&path)
            .status()
            .unwrap()
            .success()
    );
    path
}

/// Sends Ctrl-C to a program that waits for `pipe`, and what it waits for when it has heard.
fn interrupt(mut child: Child, pipe: &Path, bytes: &[u8]) -> Option<i32> {
    // Whoever opens a pipe waits for the other end.
    let mut pipe = File::options().write(true).open(pipe).unwrap();
    let signal = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(signal.unwrap().success());
    let errors = BufReader::new(child.stderr.take().unwrap());
    let mut lines = errors.lines().map(|line| line.unwrap());
    assert!(
        lines.any(|line| line.starts_with("stopping after")),
        "it did not hear"
    );
    pipe.write_all(bytes).unwrap();
    drop(pipe);
    let rest: Vec<String> = lines.collect();
    assert!(
        rest.iter()
            .any(|line| line.starts_with("stopped; nothing was")),
        "{rest:?}"
    );
    child.wait().unwrap().code()
}

fn start(place: &Path, arguments: &[&str]) -> Child {
    let mut command = trainer(place, arguments);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

#[test]
fn ctrl_c_ends_predict_with_130_and_nothing_half_written() {
    let folder = with_weights();
    let place = folder.path();
    save(place, "a.png", drawing(1));
    let bytes = fs::read(place.join("a.png")).unwrap();
    let pipe = pipe(place, "b.png");
    fs::write(place.join("t.csv"), "before").unwrap();
    let predict = [
        "predict",
        "--weights",
        "w",
        "a.png",
        "b.png",
        "--out",
        "t.csv",
    ];
    let code = interrupt(start(place, &predict), &pipe, &bytes);
    assert_eq!(code, Some(130));
    assert_eq!(fs::read_to_string(place.join("t.csv")).unwrap(), "before");
    assert_eq!(names(place), ["a.png", "b.png", "t.csv", "w"]);
}

#[test]
fn ctrl_c_ends_evaluate_with_130_and_nothing_half_written() {
    let folder = with_weights();
    let place = folder.path();
    save(place, "d/0.png", drawing(1));
    let pipe = pipe(place, "labels.csv");
    let evaluate = [
        "evaluate",
        "--weights",
        "w",
        "--data",
        "d",
        "--labels",
        "labels.csv",
        "--figures",
        "f",
    ];
    let code = interrupt(start(place, &evaluate), &pipe, b"id,label\n0,1\n");
    assert_eq!(code, Some(130));
    assert!(!place.join("f").exists());
}

#[test]
fn a_reader_that_has_seen_enough_ends_nothing() {
    let folder = with_both();
    let place = folder.path();
    let labels = "sample/held_out_labels.csv";
    for arguments in [
        &[
            "evaluate",
            "--weights",
            "w",
            "--data",
            "sample/held_out",
            "--labels",
            labels,
            "--json",
        ][..],
        &["predict", "--weights", "w", "sample"],
        &[
            "predict",
            "--weights",
            "w",
            "sample",
            "--json",
            "--probabilities",
        ],
    ] {
        let mut child = trainer(place, arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // As `| head -0`: it closes before anything is written.
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {errors}");
        assert!(
            !errors.contains("error") && !errors.contains("panicked"),
            "{errors}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_one_error() {
    let full = Path::new("/dev/full");
    let folder = with_weights();
    let place = folder.path();
    save(place, "a.png", drawing(1));
    for arguments in [
        &["predict", "--weights", "w", "a.png"][..],
        &["predict", "--weights", "w", "a.png", "--out", "/dev/full"],
    ] {
        let mut command = trainer(place, arguments);
        command.stdout(File::options().write(true).open(full).unwrap());
        let output = command.stderr(Stdio::piped()).output().unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{errors}");
        assert_eq!(errors.matches("error: ").count(), 1, "{errors}");
        assert!(errors.contains("space"), "{errors}");
    }
    assert!(fs::metadata(full).unwrap().file_type().is_char_device());
}

#[test]
fn predictions_go_through_pipes_and_links() {
    let folder = with_weights();
    let place = folder.path();
    save(place, "a.png", drawing(1));
    let predict = ["predict", "--weights", "w", "a.png"];
    let table = succeed(place, &predict);
    let path = pipe(place, "pipe");
    for (options, expected) in [
        (&["--out", "pipe"][..], Some(&table)),
        (&["--submission", "--out", "pipe"], None),
    ] {
        let reader = std::thread::spawn({
            let path = path.clone();
            move || fs::read_to_string(path).unwrap()
        });
        succeed(place, &with(&predict, options));
        let read = reader.join().unwrap();
        assert!(
            expected.map_or(read.starts_with("id,label\n0,"), |expected| *expected
                == read),
            "{read}"
        );
        assert!(fs::metadata(&path).unwrap().file_type().is_fifo());
    }
    fs::write(place.join("real.csv"), "before").unwrap();
    symlink("real.csv", place.join("link.csv")).unwrap();
    succeed(place, &with(&predict, &["--out", "link.csv"]));
    assert!(
        fs::symlink_metadata(place.join("link.csv"))
            .unwrap()
            .is_symlink()
    );
    assert_eq!(fs::read_to_string(place.join("real.csv")).unwrap(), table);
    assert_eq!(names(place), ["a.png", "link.csv", "pipe", "real.csv", "w"]);
}

#[test]
fn folders_that_links_lead_round_in_are_read_once() {
    let folder = with_weights();
    let place = folder.path();
    save(place, "d/0.png", drawing(0));
    save(place, "d/in/1.png", drawing(1));
    symlink("..", place.join("d/in/up")).unwrap();
    symlink("in", place.join("d/other")).unwrap();
    symlink(".", place.join("d/again")).unwrap();
    let table = succeed(place, &["predict", "--weights", "w", "d"]);
    assert_eq!(column(&table, 0), ["d/0.png", "d/in/1.png"]);

    save(place, "classes/cat/1.png", drawing(1));
    symlink(".", place.join("classes/cat/again")).unwrap();
    let scored = succeed(
        place,
        &[
            "evaluate",
            "--weights",
            "w",
            "--data",
            "classes",
            "--as",
            "photo",
            "--json",
        ],
    );
    assert!(scored.contains("\"scored\": 1,"), "{scored}");
}

#[test]
fn names_that_are_not_utf_8_stay_apart() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let folder = with_weights();
    let place = folder.path();
    let names = [&b"caf\xE9.png"[..], b"caf\xE8.png"].map(OsStr::from_bytes);
    for (number, name) in names.iter().enumerate() {
        save(place, "a.png", drawing(number as u32));
        fs::rename(place.join("a.png"), place.join(name)).unwrap();
    }
    let mut command = trainer(place, &["predict", "--weights", "w"]);
    let output = command.args(names).output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{errors}");
    let table = String::from_utf8(output.stdout).unwrap();
    assert_eq!(column(&table, 0), ["caf\\xE9.png", "caf\\xE8.png"]);
}
