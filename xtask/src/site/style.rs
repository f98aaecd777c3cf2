//! The page's stylesheet: every part's style lies beside its code, and a visit asks for one file.

use anyhow::{Context, Result, ensure};
use std::{fs, path::Path};

/// The file that imports all others, from the repository's root.
const IMPORTS: &str = "web/src/style.css";

/// The text of the style, with what [`IMPORTS`] imports in its place.
///
/// # Errors
/// Where a file is missing, and where a line is no import, or an imported file imports another.
pub fn join(root: &Path) -> Result<String> {
    let path = root.join(IMPORTS);
    let read = |path: &Path| {
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
    };
    let mut joined = String::new();
    for line in read(&path)?.lines().filter(|line| !line.starts_with("/*")) {
        let name = line
            .strip_prefix("@import \"")
            .and_then(|rest| rest.strip_suffix("\";"))
            .with_context(|| {
                format!("{IMPORTS}: `{line}` is no import: write @import \"part/part.css\";")
            })?;
        let part = path.with_file_name(name);
        let text = read(&part)?;
        ensure!(
            !text.contains("@import"),
            "{}: imports another file: import that in {IMPORTS}",
            part.display()
        );
        joined += &text;
    }
    Ok(joined)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    fn joined(files: &[(&str, &str)]) -> Result<String> {
        let root = TempDir::new().unwrap();
        for (name, text) in files {
            let path = root.path().join("web/src").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        join(root.path())
    }

    #[test]
    fn parts_follow_in_the_order_of_their_imports() {
        let files = [
            (
                "style.css",
                "/* All. */\n@import \"b/b.css\";\n@import \"a.css\";\n",
            ),
            ("a.css", "a {}\n"),
            ("b/b.css", "b {}\n"),
        ];
        assert_eq!(joined(&files).unwrap(), "b {}\na {}\n");
    }

    #[test]
    fn what_would_be_lost_is_refused() {
        let error = joined(&[("style.css", "a {}\n")]).unwrap_err().to_string();
        assert!(error.contains("`a {}` is no import"), "{error}");
        let error = joined(&[("style.css", "@import \"a.css\";\n")]).unwrap_err();
        assert!(error.to_string().contains("a.css"), "{error}");
        let files = [
            ("style.css", "@import \"a.css\";\n"),
            ("a.css", "@import \"b.css\";\n"),
        ];
        let error = joined(&files).unwrap_err().to_string();
        assert!(error.contains("imports another file"), "{error}");
    }

    #[test]
    fn every_style_of_the_page_is_imported_or_comes_with_its_part() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let imports = fs::read_to_string(root.join(IMPORTS)).unwrap();
        let source = root.join("web/src");
        let is_style =
            |path: &std::path::PathBuf| path.extension().is_some_and(|ending| ending == "css");
        for path in super::super::files::files(&source)
            .unwrap()
            .iter()
            .filter(|path| is_style(path))
        {
            let name = super::super::files::relative(&source, path).unwrap();
            let is_imported = name == "style.css" || imports.contains(&format!("\"{name}\""));
            let file = path.file_name().unwrap().to_string_lossy();
            let included = format!("include_str!(\"{file}\")");
            let comes_with_part = super::super::files::files(path.parent().unwrap())
                .unwrap()
                .iter()
                .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
                .any(|path| fs::read_to_string(path).unwrap().contains(&included));
            assert!(is_imported != comes_with_part, "{name}");
        }
        join(&root).unwrap();
    }
}
