use super::*;

#[test]
fn two_starts_in_one_second_take_two_folders() {
    let parent = tempfile::tempdir().unwrap();
    let folders: Vec<RunFolder> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| RunFolder::create_dated(parent.path()).unwrap()))
            .collect();
        starts
            .into_iter()
            .map(|start| start.join().unwrap())
            .collect()
    });
    let mut paths: Vec<_> = folders.iter().map(RunFolder::path).collect();
    paths.sort();
    paths.dedup();
    assert_eq!(paths.len(), 4);
}

#[test]
fn a_folder_in_use_is_refused_and_other_files_in_it_stay() {
    let parent = tempfile::tempdir().unwrap();
    let path = parent.path().join("run");
    fs::create_dir(&path).unwrap();
    fs::write(path.join("notes.txt"), "mine").unwrap();
    let first = RunFolder::create(&path).unwrap();
    let error = RunFolder::create(&path).unwrap_err().to_string();
    assert!(error.contains("in use by another process"), "{error}");
    first.abandon();
    let left = entries(&path).unwrap();
    assert_eq!(left, [path.join("notes.txt")]);
    fs::write(path.join(LOG), "").unwrap();
    let error = RunFolder::create(&path).unwrap_err().to_string();
    assert!(error.contains("holds log.csv"), "{error}");
    assert_eq!(entries(&path).unwrap().len(), 2);
}

#[test]
fn a_folder_that_was_given_back_is_gone() {
    let parent = tempfile::tempdir().unwrap();
    RunFolder::create(&parent.path().join("run"))
        .unwrap()
        .abandon();
    assert!(entries(parent.path()).unwrap().is_empty());
}

#[test]
fn runs_of_another_format_are_read_where_they_are_older() {
    let folder = tempfile::tempdir().unwrap();
    let error = RunFolder::open(folder.path()).unwrap_err().to_string();
    assert!(error.contains("holds no run"), "{error}");
    fs::write(folder.path().join(CONFIG), "{}").unwrap();
    let old = RunFolder::open(folder.path()).unwrap();
    assert!(old.is_of_format_0() && old.manifest().unwrap().is_none());
    let newer = "{\"format\": 3, \"program\": \"9\"}";
    fs::write(folder.path().join(INFO), newer).unwrap();
    let error = RunFolder::open(folder.path()).unwrap_err().to_string();
    assert!(error.contains("newer version"), "{error}");
}

#[test]
fn what_a_killed_process_left_is_removed_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join(CONFIG), "{}").unwrap();
    for name in ["checkpoints/.edgewise-x1", "checkpoints/epoch-00003.new"] {
        fs::create_dir_all(path.join(name)).unwrap();
    }
    fs::create_dir(path.join("tsne")).unwrap();
    for name in [".edgewise-x2", "tsne/.edgewise-x3"] {
        fs::write(path.join(name), "half").unwrap();
    }
    let mut report = files::NewFile::create(&path.join("report.html")).unwrap();
    fs::create_dir(path.join("checkpoints/mine.new")).unwrap();
    RunFolder::open_to_write(path).unwrap();
    let left = entries(&path.join("checkpoints")).unwrap();
    assert_eq!(left, [path.join("checkpoints/mine.new")]);
    assert!(!path.join(".edgewise-x2").exists() && !path.join("tsne/.edgewise-x3").exists());
    // What another process is writing meanwhile is not taken away.
    io::Write::write_all(&mut report, b"whole").unwrap();
    report.finish().unwrap();
    assert_eq!(fs::read(path.join("report.html")).unwrap(), b"whole");
}
