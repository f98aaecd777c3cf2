//! What one file declares, defines and names.

use super::tokens::{after_bracket, tokens, without_tests};
use std::collections::BTreeSet;

/// A module's path from the root of its crate.
pub type Module = Vec<String>;

/// One file, which is one module.
#[derive(Default)]
pub struct File {
    pub path: String,
    /// The modules in files of their own that it declares.
    pub children: BTreeSet<String>,
    pub defined: BTreeSet<String>,
    pub uses: Vec<Use>,
    /// The paths in its code.
    pub paths: Vec<Module>,
    /// The names in its code.
    pub names: BTreeSet<String>,
}

/// One name that `use` brings in; `*` for all.
pub struct Use {
    pub is_public: bool,
    pub path: Module,
    pub name: String,
}

impl File {
    /// Reads a source, whose path is that below `src`.
    pub fn read(path: &str, text: &str) -> Self {
        let tokens = without_tests(&tokens(text));
        let mut file = Self {
            path: path.to_owned(),
            ..Self::default()
        };
        let mut depth = 0;
        let mut at = 0;
        let mut is_public = false;
        while at < tokens.len() {
            let before = at.checked_sub(1).map_or("", |at| tokens[at]);
            let next = tokens.get(at + 1).copied().unwrap_or_default();
            let after = tokens.get(at + 2).copied().unwrap_or_default();
            match tokens[at] {
                "{" => depth += 1,
                "}" => depth -= 1,
                "pub" => {
                    is_public = true;
                    at = match next {
                        "(" => after_bracket(&tokens, at + 1),
                        _ => at + 1,
                    };
                    continue;
                }
                "use" => {
                    let length = tokens[at..].iter().position(|token| *token == ";");
                    let end = length.map_or(tokens.len(), |length| at + length);
                    file.read_use(is_public, &[], &tokens[at + 1..end]);
                    at = end;
                }
                "mod" if after == ";" => {
                    file.children.insert(next.to_owned());
                    at += 1;
                }
                "fn" | "struct" | "enum" | "trait" | "type" | "const" | "static" | "union"
                    if depth == 0 =>
                {
                    file.defined.insert(next.to_owned());
                }
                first if is_name(first) => {
                    let mut path = vec![first.to_owned()];
                    while tokens.get(at + 1) == Some(&"::")
                        && let Some(name) = tokens.get(at + 2).filter(|name| is_name(name))
                    {
                        path.push((*name).to_owned());
                        at += 2;
                    }
                    // Neither a method nor a function's own name.
                    if !matches!(before, "." | "fn") {
                        file.names.insert(path[0].clone());
                    }
                    if path.len() > 1 {
                        file.paths.push(path);
                    }
                }
                _ => {}
            }
            is_public = false;
            at += 1;
        }
        file
    }

    /// Takes in one `use`, whose names follow `start`.
    fn read_use(&mut self, is_public: bool, start: &[String], tokens: &[&str]) {
        let mut path = start.to_vec();
        for (at, token) in tokens.iter().enumerate() {
            match *token {
                "{" => {
                    let inside = &tokens[at + 1..after_bracket(tokens, at) - 1];
                    let mut rest = inside;
                    while !rest.is_empty() {
                        let end = first_of_list(rest);
                        self.read_use(is_public, &path, &rest[..end]);
                        rest = rest.get(end + 1..).unwrap_or_default();
                    }
                    return;
                }
                "::" => {}
                "as" => {
                    let name = tokens.get(at + 1).copied().unwrap_or_default();
                    self.add_use(is_public, path, name);
                    return;
                }
                "self" if !path.is_empty() => {}
                name => path.push(name.to_owned()),
            }
        }
        let name = path.last().cloned().unwrap_or_default();
        self.add_use(is_public, path, &name);
    }

    fn add_use(&mut self, is_public: bool, path: Module, name: &str) {
        self.uses.push(Use {
            is_public,
            path,
            name: name.to_owned(),
        });
    }
}

/// Where the first entry of a list ends.
fn first_of_list(tokens: &[&str]) -> usize {
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at] {
            "," => return at,
            "{" => at = after_bracket(tokens, at),
            _ => at += 1,
        }
    }
    at
}

fn is_name(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}
