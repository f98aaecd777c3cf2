//! Which file of a crate imports from which other, by the names that it uses.

use super::file::{File, Module};
use std::collections::{BTreeMap, BTreeSet};

/// The files that each file imports from, and the names by which it does.
pub type Imports = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// How many re-exports a name is followed through.
const DEEPEST: usize = 8;

/// The files of one crate, by their modules.
struct Crate(BTreeMap<Module, File>);

/// What the files of a crate import from each other. `sources` are the paths below `src`, and the texts. Files that are not part of
/// the library, or of the program where there is none, are left out, as are tests.
pub fn imports(sources: &[(String, String)]) -> Imports {
    let has_library = sources.iter().any(|(path, _)| path == "lib.rs");
    let mut files: BTreeMap<Module, File> = BTreeMap::new();
    for (path, text) in sources {
        let module = path.trim_end_matches(".rs").trim_end_matches("/mod");
        let module = match module {
            "lib" => Vec::new(),
            "main" if !has_library => Vec::new(),
            other => other.split('/').map(str::to_owned).collect(),
        };
        files.insert(module, File::read(path, text));
    }
    let mut open = vec![Vec::new()];
    let mut whole = BTreeMap::new();
    while let Some(module) = open.pop() {
        if let Some(file) = files.remove(&module) {
            let below = file.children.iter();
            open.extend(below.map(|child| [&module[..], std::slice::from_ref(child)].concat()));
            whole.insert(module, file);
        }
    }
    Crate(whole).imports()
}

impl Crate {
    fn imports(&self) -> Imports {
        let mut imports = Imports::new();
        for (module, file) in &self.0 {
            let from = imports.entry(file.path.clone()).or_default();
            let uses = file.uses.iter();
            let imported = uses.filter(|used| !used.is_public || file.names.contains(&used.name));
            let imported = imported.map(|used| &used.path);
            for path in imported.chain(&file.paths) {
                let found = self.absolute(module, path);
                let Some(found) = found.and_then(|whole| self.file_of(&whole, DEEPEST)) else {
                    continue;
                };
                if found.path != file.path {
                    let names = from.entry(found.path.clone()).or_default();
                    names.insert(path.join("::"));
                }
            }
        }
        imports
    }

    /// A path from the root of the crate; none for one of another crate.
    fn absolute(&self, module: &[String], path: &[String]) -> Option<Module> {
        let (first, rest) = path.split_first()?;
        let mut whole = match first.as_str() {
            "crate" => Vec::new(),
            "self" => module.to_vec(),
            "super" => {
                let supers = path.iter().take_while(|name| *name == "super").count();
                let above = module.get(..module.len().checked_sub(supers)?)?;
                return Some([above, &path[supers..]].concat());
            }
            child if self.0.get(module)?.children.contains(child) => {
                [module, std::slice::from_ref(first)].concat()
            }
            // A module that was imported.
            name => {
                let mut uses = self.0.get(module)?.uses.iter();
                let used = uses.find(|used| used.name == name && used.path != path)?;
                let whole = self.absolute(module, &used.path)?;
                self.0.get(&whole).map(|_| whole)?
            }
        };
        whole.extend_from_slice(rest);
        Some(whole)
    }

    /// The file that defines what a path from the root names: re-exports are followed. None where it names a module alone, whose
    /// names are looked at where they are used.
    fn file_of(&self, path: &[String], deepest: usize) -> Option<&File> {
        let known = (0..=path.len()).rev();
        let (module, file) = known
            .map(|length| &path[..length])
            .find_map(|module| Some((module, self.0.get(module)?)))?;
        let name = path.get(module.len())?;
        if name == "*" || file.defined.contains(name) || deepest == 0 {
            return Some(file);
        }
        let named = file.uses.iter().filter(|used| used.name == *name);
        let mut followed = named.filter_map(|used| self.absolute(module, &used.path));
        if let Some(found) = followed.find_map(|whole| self.file_of(&whole, deepest - 1)) {
            return Some(found);
        }
        let globs = file.uses.iter().filter(|used| used.name == "*");
        let globs = globs.filter_map(|used| {
            let mut whole = self.absolute(module, &used.path)?;
            whole.pop();
            whole.push(name.clone());
            let found = self.file_of(&whole, deepest - 1)?;
            found.defined.contains(name).then_some(found)
        });
        globs.into_iter().next().or(Some(file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What one file imports, as `file: names`.
    fn of(files: &[(&str, &str)], file: &str) -> Vec<String> {
        let own = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
        let sources: Vec<_> = files.iter().map(own).collect();
        let found = imports(&sources).remove(file).unwrap_or_default();
        let line = |(path, names): (String, BTreeSet<String>)| {
            let names: Vec<_> = names.into_iter().collect();
            format!("{path}: {}", names.join(", "))
        };
        found.into_iter().map(line).collect()
    }

    #[test]
    fn a_parent_and_its_child_are_two_files() {
        let files = [
            ("lib.rs", "mod a;"),
            ("a.rs", "mod b;\npub struct S;\nfn f() { b::g() }"),
            ("a/b.rs", "use super::S;\npub fn g() {}"),
        ];
        assert_eq!(of(&files, "a.rs"), ["a/b.rs: b::g"]);
        assert_eq!(of(&files, "a/b.rs"), ["a.rs: super::S"]);
        assert!(of(&files, "lib.rs").is_empty());
    }

    #[test]
    fn a_re_export_is_no_import_unless_the_file_uses_the_name_itself() {
        let files = [
            ("lib.rs", "mod a;\nmod e;"),
            (
                "a/mod.rs",
                "mod b;\nmod c;\npub(crate) use b::{T, f as g};\npub use c::*;\nstruct S { t: T }",
            ),
            ("a/b.rs", "pub struct T;\npub fn f() {}"),
            ("a/c.rs", "pub struct V;"),
            ("e.rs", "use crate::a::{T, V};\nfn h() { crate::a::g() }"),
        ];
        assert_eq!(of(&files, "a/mod.rs"), ["a/b.rs: b::T"]);
        assert_eq!(
            of(&files, "e.rs"),
            ["a/b.rs: crate::a::T, crate::a::g", "a/c.rs: crate::a::V"]
        );
    }

    #[test]
    fn braces_are_taken_apart() {
        let files = [
            ("main.rs", "mod a;\nmod b;\nmod c;"),
            (
                "a.rs",
                "use crate::{\n    b::{self, d::{X, Y as Z}},\n    c::*,\n};\nuse std::{fs, io};\nfn f() { b::g(fs::read) }",
            ),
            ("b/mod.rs", "pub mod d;\npub fn g() {}"),
            ("b/d.rs", "pub struct X;\npub struct Y;"),
            ("c.rs", ""),
        ];
        assert_eq!(
            of(&files, "a.rs"),
            [
                "b/d.rs: crate::b::d::X, crate::b::d::Y",
                "b/mod.rs: b::g",
                "c.rs: crate::c::*"
            ]
        );
    }

    #[test]
    fn paths_lead_upwards_and_stand_in_code_too() {
        let files = [
            ("lib.rs", "mod a;\nmod e;\npub const C: u8 = 1;"),
            ("a/mod.rs", "mod b;\nmod c;"),
            ("a/b/mod.rs", "mod d;"),
            (
                "a/b/d.rs",
                "use super::super::c::X;\nfn f() { super::super::super::e::g(crate::C) }\nenum E { A }\nfn h() { E::A }",
            ),
            ("a/c.rs", "pub struct X;"),
            ("e.rs", "pub(in crate::a) fn g() {}"),
        ];
        assert_eq!(
            of(&files, "a/b/d.rs"),
            [
                "a/c.rs: super::super::c::X",
                "e.rs: super::super::super::e::g",
                "lib.rs: crate::C"
            ]
        );
        assert!(of(&files, "e.rs").is_empty());
    }

    #[test]
    fn tests_and_other_programs_are_left_out() {
        let files = [
            ("lib.rs", "mod a;\n#[cfg(test)]\nmod tests;"),
            ("main.rs", "use own::a;"),
            (
                "a.rs",
                "pub fn f() {}\n#[cfg(test)]\npub mod tests { use crate::C; }",
            ),
            ("tests.rs", "use crate::a::f;"),
        ];
        for (file, _) in files {
            assert!(of(&files, file).is_empty(), "{file}");
        }
    }
}
