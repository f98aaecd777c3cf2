//! `dev`: serves the site, builds again what changes, and has the browser load it again.

use crate::{
    serve,
    setup::{self, Install},
    site::{COPIES, Fresh},
    step::seconds,
    workspace::Workspace,
};
use anyhow::{Context, Result};
use clap::Args;
use server::{Answer, Asked, Site};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant, SystemTime},
};

/// Where the site is served.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    serve: serve::Options,
}

/// What the site is made from, below the repository's root.
const SOURCES: [&str; 6] = [
    "Cargo.lock",
    "Cargo.toml",
    "assets",
    "index.html",
    "shared",
    "web",
];

/// How often the sources are looked at.
const PAUSE: Duration = Duration::from_millis(300);

const SCRIPT: &str = "dev/reload.js";
const VERSION: &str = "dev/version";
/// Asks for the version until it is another.
const RELOAD: &str = r#"
const address = new URL("version", import.meta.url);
const version = async () => (await fetch(address)).text().catch(() => "");
const first = await version();
for (;;) {
  await new Promise((done) => setTimeout(done, 500));
  const now = await version().catch(() => first);
  if (now !== first) location.reload();
}
"#;

/// When a file was last written.
type Times = BTreeMap<PathBuf, SystemTime>;

/// Sets up, builds, serves and watches until Ctrl-C.
pub fn run_verb(workspace: &Workspace, options: &Options, install: Install) -> Result<()> {
    let listener = serve::listen(&options.serve)?;
    setup::run(workspace, setup::FOR_SITE, install)?;
    let mut times = times(&workspace.root)?;
    let folder = workspace.target.join("dev-site");
    let mut site = Fresh::build(workspace, &folder)?;
    // Browsers that are open since an earlier run load the page again too.
    let started = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let version = Arc::new(AtomicU64::new(started.map_or(0, |since| since.as_secs())));
    let served = Site::new(&folder).with_context(|| format!("cannot find {}", folder.display()))?;
    let served = served.intercept(intercept(folder.join("index.html"), version.clone()));
    let _server = serve::start(served, listener)?;
    println!("A change of the sources reaches the browser by itself. WebGPU is left out.");
    loop {
        thread::sleep(PAUSE);
        let now = self::times(&workspace.root)?;
        let changed = changes(&times, &now);
        if changed.is_empty() {
            continue;
        }
        times = now;
        let start = Instant::now();
        match rebuild(workspace, &mut site, &changed) {
            Ok(()) => {
                version.fetch_add(1, Ordering::Relaxed);
                println!(
                    "Built again in {} after a change of {}",
                    seconds(start.elapsed()),
                    changed[0].display()
                );
            }
            Err(error) => eprintln!("\nerror: {error:#}\nThe browser keeps what was there."),
        }
    }
}

fn rebuild(workspace: &Workspace, site: &mut Fresh<'_>, changed: &[PathBuf]) -> Result<()> {
    site.copy()?;
    if is_compiled(&workspace.root, changed) {
        site.compile()?;
    }
    Ok(())
}

/// Whether a program may be made from any of these sources: from all but those that are copied, whatever their ending, since styles and
/// drawings are compiled in.
fn is_compiled(root: &Path, changed: &[PathBuf]) -> bool {
    let is_copied = |path: &PathBuf| {
        let mut copied = COPIES.iter();
        copied.any(|(from, _)| path.starts_with(root.join(from)))
    };
    !changed.iter().all(is_copied)
}

/// Adds the script that loads the page again to the page, and answers it.
fn intercept(index: PathBuf, version: Arc<AtomicU64>) -> impl Fn(&Asked<'_>) -> Answer {
    move |asked| match asked.file {
        Some("index.html") => match fs::read_to_string(&index) {
            Ok(page) => Answer::Bytes(with_script(&page).into_bytes()),
            Err(_) => Answer::Missing,
        },
        Some(SCRIPT) => Answer::Bytes(RELOAD.as_bytes().to_vec()),
        Some(VERSION) => Answer::Bytes(version.load(Ordering::Relaxed).to_string().into_bytes()),
        _ => Answer::File,
    }
}

fn with_script(page: &str) -> String {
    let script = format!("<script type=\"module\" src=\"{SCRIPT}\"></script>\n  </head>");
    page.replacen("</head>", &script, 1)
}

/// When each source was last written.
fn times(root: &Path) -> Result<Times> {
    let mut times = Times::new();
    for source in SOURCES {
        let path = root.join(source);
        look(&path, &mut times).with_context(|| format!("cannot read {}", path.display()))?;
    }
    Ok(times)
}

fn look(path: &Path, times: &mut Times) -> io::Result<()> {
    let metadata = match fs::metadata(path) {
        // An editor may have taken it away since it was listed.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        metadata => metadata?,
    };
    if !metadata.is_dir() {
        times.insert(path.to_owned(), metadata.modified()?);
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name();
        // Editors keep their own things in hidden files.
        if !name.to_string_lossy().starts_with('.') && name != "target" {
            look(&entry.path(), times)?;
        }
    }
    Ok(())
}

/// What is new, gone or written again.
fn changes(before: &Times, now: &Times) -> Vec<PathBuf> {
    let written = now
        .iter()
        .filter(|(path, time)| before.get(*path) != Some(time));
    let gone = before.iter().filter(|(path, _)| !now.contains_key(*path));
    written.chain(gone).map(|(path, _)| path.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn what_is_new_gone_or_written_again_is_a_change() {
        let root = TempDir::new().unwrap();
        let path = |name: &str| root.path().join(name);
        fs::create_dir_all(path("web/src")).unwrap();
        for name in ["web/src/a.rs", "web/src/b.rs", "web/.a.swp", "index.html"] {
            fs::write(path(name), "").unwrap();
        }
        let before = times(root.path()).unwrap();
        assert_eq!(before.len(), 3);
        fs::remove_file(path("web/src/b.rs")).unwrap();
        fs::write(path("web/src/c.rs"), "").unwrap();
        let file = fs::File::options()
            .write(true)
            .open(path("index.html"))
            .unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
        let changed = changes(&before, &times(root.path()).unwrap());
        assert_eq!(
            changed,
            [
                path("index.html"),
                path("web/src/c.rs"),
                path("web/src/b.rs")
            ]
        );
        assert!(changes(&before, &before).is_empty());
    }

    #[test]
    fn styles_and_drawings_are_compiled_and_what_is_only_copied_is_not() {
        let root = Path::new("repository");
        let is_compiled =
            |name: &str| is_compiled(root, &[root.join("index.html"), root.join(name)]);
        for name in [
            "Cargo.lock",
            "shared/drawings/cat.json",
            "web/src/laboratory/laboratory.css",
        ] {
            assert!(is_compiled(name), "{name}");
        }
        assert!(!is_compiled("assets/weights/edgewise.safetensors"));
    }

    #[test]
    fn only_the_page_gets_the_script() {
        let root = TempDir::new().unwrap();
        let index = root.path().join("index.html");
        fs::write(&index, "<head></head><body>").unwrap();
        let answer = intercept(index, Arc::new(AtomicU64::new(7)));
        let bytes = |file: &str| {
            let asked = Asked {
                address: "/",
                file: Some(file),
            };
            match answer(&asked) {
                Answer::Bytes(bytes) => String::from_utf8(bytes).unwrap(),
                Answer::File => "a file".into(),
                Answer::Missing => "nothing".into(),
            }
        };
        assert!(bytes("index.html").contains("src=\"dev/reload.js\"></script>\n  </head><body>"));
        assert_eq!(bytes(VERSION), "7");
        assert_eq!(bytes("app/web.js"), "a file");
    }
}
