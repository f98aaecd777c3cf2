use super::*;
#[cfg(unix)]
use std::os::unix::fs::symlink;
use tempfile::TempDir;

/// A folder with a repository in `work/repository`, which has `docs`.
struct Disk(TempDir);

impl Disk {
    fn new() -> Self {
        let disk = Self(TempDir::new().unwrap());
        fs::create_dir_all(disk.at("docs")).unwrap();
        fs::write(disk.at("docs/accuracy.md"), "87 %").unwrap();
        disk
    }

    fn root(&self) -> PathBuf {
        self.0.path().join("work/repository")
    }

    fn at(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    fn claim(&self, out: &str) -> Result<PathBuf> {
        claim(&self.root(), Path::new(out))
    }

    /// Asserts that `out` is refused with these words, and that nothing changes.
    fn refuse(&self, out: &str, words: &[&str]) {
        let before = entries(self.0.path()).unwrap();
        let error = self.claim(out).expect_err(out).to_string();
        for word in words {
            assert!(error.contains(word), "{out}: no {word} in {error}");
        }
        assert_eq!(entries(self.0.path()).unwrap(), before, "{out}");
    }

    /// Puts a site with these files where `out` is, as `site` does.
    fn put(&self, out: &str, names: &[&str]) {
        let place = self.claim(out).unwrap();
        let fill = |new: &Path| -> Result<()> {
            for name in names {
                let file = new.join(name);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, "").unwrap();
            }
            Ok(write_marker(new)?)
        };
        files::replace_folder(&place, fill).unwrap();
    }
}

#[test]
fn a_site_is_replaced_as_a_whole_by_the_next() {
    let disk = Disk::new();
    for out in ["dist", "there", "deep/below"] {
        if out == "there" {
            fs::create_dir(disk.at(out)).unwrap();
        }
        disk.put(out, &["index.html", "app/web.js", "app/web.wasm"]);
        disk.put(out, &["index.html", "app/web.js"]);
        let found = entries(&disk.at(out)).unwrap();
        assert_eq!(found, [MARKER, "app/web.js", "index.html"]);
    }
    let mut left: Vec<_> = fs::read_dir(disk.root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    left.sort();
    assert_eq!(left, ["deep", "dist", "docs", "there"]);
}

#[test]
fn a_folder_that_is_not_ours_stays() {
    let disk = Disk::new();
    disk.refuse("docs", &["docs: holds accuracy.md", "did not make it"]);
    disk.refuse("./docs/", &["accuracy.md"]);
    disk.refuse("docs/../docs", &["accuracy.md"]);
    fs::create_dir_all(disk.at("../home/pages/deep/below")).unwrap();
    for name in ["a", "b", "c"] {
        fs::write(disk.at("../home/pages").join(name), "").unwrap();
    }
    let out = disk.at("../home/pages");
    let words = ["holds a, b, c and 1 more", "--out"];
    disk.refuse(out.to_str().unwrap(), &words);
    // Not even where it holds nothing but folders.
    fs::create_dir_all(disk.at("plans/later")).unwrap();
    disk.refuse("plans", &["holds later"]);
}

#[test]
fn the_repository_and_what_it_is_in_stay() {
    let disk = Disk::new();
    let root = disk.root();
    for out in [
        ".",
        "./",
        "..",
        "../..",
        "docs/..",
        "../repository",
        "/",
        root.to_str().unwrap(),
    ] {
        disk.refuse(out, &["the repository is in it"]);
    }
    disk.refuse("", &["no name"]);
}

#[test]
fn a_file_stays() {
    let disk = Disk::new();
    fs::write(disk.at("site.zip"), "").unwrap();
    disk.refuse("site.zip", &["site.zip: is a file"]);
    disk.refuse("site.zip/below", &["site.zip/below: cannot be read"]);
}

#[cfg(unix)]
#[test]
fn a_name_that_leads_nowhere_is_refused() {
    let disk = Disk::new();
    symlink("gone", disk.at("dangling")).unwrap();
    disk.refuse("dangling", &["dangling: is a link to nothing"]);
    disk.refuse("gone/../docs", &["leads out of a folder that is not there"]);
    disk.refuse("gone/..", &["leads out of a folder that is not there"]);
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_to_a_site_and_to_nothing_else() {
    let disk = Disk::new();
    disk.put("real", &["index.html"]);
    symlink("real", disk.at("dist")).unwrap();
    disk.put("dist", &["index.html", "new"]);
    assert!(fs::symlink_metadata(disk.at("dist")).unwrap().is_symlink());
    assert_eq!(
        entries(&disk.at("real")).unwrap(),
        [MARKER, "index.html", "new"]
    );
    symlink("docs", disk.at("published")).unwrap();
    disk.refuse("published", &["published: holds accuracy.md"]);
    symlink(".", disk.at("here")).unwrap();
    disk.refuse("here", &["the repository is in it"]);
}

#[cfg(unix)]
#[test]
fn a_site_with_files_of_somebody_else_in_it_stays() {
    let disk = Disk::new();
    disk.put("dist", &["index.html", "app/web.js"]);
    fs::write(disk.at("dist/app/CNAME"), "edgewise.example").unwrap();
    disk.refuse("dist", &["dist: holds app/CNAME", "did not put there"]);
    fs::remove_file(disk.at("dist/app/CNAME")).unwrap();
    for (name, link) in [("empty", false), ("elsewhere", true)] {
        let path = disk.at("dist").join(name);
        if link {
            symlink("../docs", &path).unwrap();
        } else {
            fs::create_dir(&path).unwrap();
        }
        disk.refuse("dist", &[&format!("dist: holds {name}")]);
        disk.put_away(&path);
    }
    disk.put("dist", &["index.html"]);
}

#[cfg(unix)]
#[test]
fn a_marker_that_is_a_link_or_a_folder_is_none() {
    let disk = Disk::new();
    disk.put("dist", &["index.html"]);
    fs::write(disk.at("docs/index.html"), "").unwrap();
    symlink("../dist/.edgewise-site", disk.at("docs").join(MARKER)).unwrap();
    disk.refuse("docs", &["did not make it"]);
    fs::remove_file(disk.at("docs").join(MARKER)).unwrap();
    fs::create_dir(disk.at("docs").join(MARKER)).unwrap();
    disk.refuse("docs", &["did not make it"]);
}

impl Disk {
    fn put_away(&self, path: &Path) {
        if fs::symlink_metadata(path).unwrap().is_symlink() {
            fs::remove_file(path).unwrap();
        } else {
            fs::remove_dir(path).unwrap();
        }
    }
}
