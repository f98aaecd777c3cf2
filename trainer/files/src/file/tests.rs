use super::*;

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

#[test]
fn a_file_is_replaced_and_its_siblings_are_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/b.txt");
    write(&path, b"one").unwrap();
    for sibling in ["b.new", "b.txt.new", "b.txt.part"] {
        fs::write(folder.path().join("a").join(sibling), "mine").unwrap();
    }
    write(&path, b"two").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"two");
    let there = names(&folder.path().join("a"));
    assert_eq!(there, ["b.new", "b.txt", "b.txt.new", "b.txt.part"]);
    let mine = fs::read(folder.path().join("a/b.txt.new")).unwrap();
    assert_eq!(mine, b"mine");
}

#[test]
fn an_abandoned_file_is_removed_and_one_that_is_being_written_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    let mut file = NewFile::create(&path).unwrap();
    fs::write(folder.path().join(".edgewise-dead"), "half").unwrap();
    fs::create_dir(folder.path().join(".edgewise-folder")).unwrap();
    for name in names(folder.path()) {
        remove_abandoned(&folder.path().join(name)).unwrap();
    }
    remove_abandoned(&folder.path().join("none")).unwrap();
    file.write_all(b"whole").unwrap();
    file.finish().unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"whole");
    assert_eq!(names(folder.path()), [".edgewise-folder", "file"]);
}

#[test]
fn an_unfinished_file_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    write(&path, b"before").unwrap();
    let mut file = NewFile::create(&path).unwrap();
    file.write_all(b"after").unwrap();
    drop(file);
    assert_eq!(fs::read(&path).unwrap(), b"before");
    assert_eq!(names(folder.path()), ["file"]);
    // Nor does one in new folders leave them.
    drop(NewFile::create(&folder.path().join("new/newer/file")).unwrap());
    assert_eq!(names(folder.path()), ["file"]);
}

#[cfg(unix)]
#[test]
fn what_a_complete_file_may_replace_is_a_regular_file_that_may_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::os::unix::fs::symlink("real", at("link")).unwrap();
    assert_eq!(replaceable(&at("link")).unwrap(), at("real"));
    fs::write(at("real"), "").unwrap();
    assert_eq!(replaceable(&at("real")).unwrap(), at("real"));
    let mut permissions = fs::metadata(at("real")).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(at("real"), permissions).unwrap();
    for (path, reason) in [
        (at("link"), "read-only"),
        ("/dev/null".into(), "no regular file"),
        (folder.path().into(), "give a file's name"),
    ] {
        let error = replaceable(&path).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
}

#[test]
fn what_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let below = folder.path().join("file/below");
    let error = write(&below, b"").unwrap_err().to_string();
    assert!(error.contains("file/below: cannot be written"), "{error}");
    let error = write(folder.path(), b"").unwrap_err().to_string();
    assert!(error.contains("give a file's name"), "{error}");
    assert!(write(Path::new(""), b"").is_err());
    assert!(write(Path::new(".."), b"").is_err());
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_its_target_gets_the_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("real"), folder.path().join("link"));
    fs::write(&real, "before").unwrap();
    std::os::unix::fs::symlink("real", &link).unwrap();
    write(&link, b"after").unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read(&real).unwrap(), b"after");
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_permissions_and_a_new_one_has_ordinary_ones() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    let plain = folder.path().join("plain");
    fs::write(&plain, "").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    write(&path, b"").unwrap();
    assert_eq!(mode(&path), mode(&plain));
    fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
    write(&path, b"more").unwrap();
    assert_eq!(mode(&path), 0o640);
    fs::set_permissions(&path, Permissions::from_mode(0o440)).unwrap();
    let error = write(&path, b"less").unwrap_err().to_string();
    assert!(error.contains("read-only"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), b"more");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_written_to_and_stays_one() {
    use std::os::unix::fs::FileTypeExt;
    use std::process::Command;
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read(pipe).unwrap()
    });
    write(&pipe, b"through").unwrap();
    assert_eq!(reader.join().unwrap(), b"through");
    assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
    write(Path::new("/dev/null"), b"away").unwrap();
    let null = fs::metadata("/dev/null").unwrap().file_type();
    assert!(null.is_char_device());
    assert_eq!(names(folder.path()), ["pipe"]);
}

#[cfg(unix)]
#[test]
fn a_file_that_is_replaced_keeps_its_owner() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, "before").unwrap();
    if chown(&path, Some(1234), Some(4321)).is_err() {
        eprintln!("skipped: only root may give a file away");
        return;
    }
    fs::set_permissions(&path, Permissions::from_mode(0o664)).unwrap();
    write(&path, b"after").unwrap();
    let replaced = fs::metadata(&path).unwrap();
    let kept = (replaced.uid(), replaced.gid(), replaced.mode() & 0o777);
    assert_eq!(kept, (1234, 4321, 0o664));
    assert_eq!(fs::read(&path).unwrap(), b"after");
}

#[cfg(unix)]
#[test]
fn other_hard_links_keep_the_old_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let (path, other) = (folder.path().join("file"), folder.path().join("other"));
    write(&path, b"before").unwrap();
    fs::hard_link(&path, &other).unwrap();
    write(&path, b"after").unwrap();
    assert_eq!(fs::read(&other).unwrap(), b"before");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_is_mounted_by_itself_is_overwritten() {
    use std::process::Command;
    let folder = tempfile::tempdir().unwrap();
    let (source, place) = (folder.path().join("source"), folder.path().join("place"));
    for path in [&source, &place] {
        fs::write(path, "longer than after").unwrap();
    }
    let mount = || {
        let mut command = Command::new("mount");
        let mounted = command.arg("--bind").args([&source, &place]).output();
        mounted.is_ok_and(|output| output.status.success())
    };
    if !mount() {
        eprintln!("skipped: this user, or this container, may not mount");
        return;
    }
    let written = write(&place, b"after");
    let complete = folder.path().join("complete");
    fs::write(&complete, "and after that").unwrap();
    let read = fs::read(&place).unwrap();
    let put = put_in_place(&complete, &place);
    let unmounted = Command::new("umount").arg(&place).status().unwrap();
    assert!(unmounted.success());
    written.unwrap();
    put.unwrap();
    assert_eq!(read, b"after");
    assert_eq!(fs::read(&source).unwrap(), b"and after that");
    assert_eq!(names(folder.path()), ["place", "source"]);
}

/// Root may write everywhere, so this test starts itself again as somebody else.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_may_be_written_in_a_folder_that_may_not_is_overwritten() {
    use std::os::unix::fs::PermissionsExt;
    use std::process::Command;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    write(&path, b"longer than after").unwrap();
    let allow = |mode| fs::set_permissions(folder.path(), Permissions::from_mode(mode)).unwrap();
    allow(0o555);
    if fs::write(folder.path().join("root"), "").is_ok() {
        let name =
            "file::tests::a_file_that_may_be_written_in_a_folder_that_may_not_is_overwritten";
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        command.arg(std::env::current_exe().unwrap());
        match command.args(["--exact", name]).output() {
            Ok(output) if !output.stdout.is_empty() => {
                let told = String::from_utf8_lossy(&output.stdout);
                assert!(output.status.success(), "{told}");
                assert!(told.contains("1 passed"), "{told}");
            }
            _ => eprintln!("skipped: root, and no setpriv, or nobody else may start this test"),
        }
        return;
    }
    write(&path, b"after").unwrap();
    let new = write(&folder.path().join("new"), b"");
    allow(0o755);
    assert_eq!(fs::read(&path).unwrap(), b"after");
    let error = new.unwrap_err().to_string();
    assert!(error.contains("allow writing there"), "{error}");
    assert_eq!(names(folder.path()), ["file"]);
}
