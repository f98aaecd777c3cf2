//! The words and signs of a source file, without comments, text and tests.

/// The tokens of a source: names, `::` as one, and other signs one by one.
pub fn tokens(source: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            comment(rest)
        } else if let Some(length) = text(rest) {
            length
        } else if first.is_alphanumeric() || first == '_' {
            let end = |letter: char| !letter.is_alphanumeric() && letter != '_';
            let length = rest.find(end).unwrap_or(rest.len());
            tokens.push(&rest[..length]);
            length
        } else {
            let length = if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            if !first.is_whitespace() {
                tokens.push(&rest[..length]);
            }
            length
        };
        rest = &rest[length..];
    }
    tokens
}

/// The length of a comment that may hold others.
fn comment(source: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    loop {
        let rest = &source[at..];
        if rest.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
        if depth == 0 || at >= source.len() {
            return at.min(source.len());
        }
    }
}

/// The length of the text or character that a source begins with, if it does.
fn text(source: &str) -> Option<usize> {
    let after_b = source.strip_prefix(['b', 'c']).unwrap_or(source);
    let prefix = source.len() - after_b.len();
    if let Some(raw) = after_b.strip_prefix('r') {
        let opened = raw.trim_start_matches('#');
        if opened.starts_with('"') {
            let end = format!("\"{}", "#".repeat(raw.len() - opened.len()));
            let start = source.len() - opened.len() + 1;
            let length = source[start..].find(&end).map(|at| start + at + end.len());
            return Some(length.unwrap_or(source.len()));
        }
    }
    let quote = after_b
        .chars()
        .next()
        .filter(|first| "\"'".contains(*first))?;
    let mut letters = after_b.char_indices().skip(1);
    if quote == '\'' && !after_b[1..].starts_with('\\') {
        // A lifetime has no second quote.
        let (_, _) = letters.next()?;
        let (at, letter) = letters.next()?;
        return (letter == '\'').then_some(prefix + at + 1);
    }
    while let Some((at, letter)) = letters.next() {
        if letter == '\\' {
            letters.next();
        } else if letter == quote {
            return Some(prefix + at + 1);
        }
    }
    Some(source.len())
}

/// The place after the bracket that belongs to the one at `open`.
pub fn after_bracket(tokens: &[&str], open: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match *token {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// The tokens but for the items that only tests have.
pub fn without_tests<'a>(tokens: &[&'a str]) -> Vec<&'a str> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !tokens[at..].starts_with(&["#", "["]) {
            kept.push(tokens[at]);
            at += 1;
            continue;
        }
        let end = after_bracket(tokens, at + 1);
        let attribute = &tokens[at..end];
        let is_test = attribute[2..].starts_with(&["cfg"])
            && attribute.contains(&"test")
            && !attribute.contains(&"not");
        if is_test {
            at = after_item(tokens, end);
        } else {
            // It may name what others define.
            kept.extend_from_slice(attribute);
            at = end;
        }
    }
    kept
}

/// The place after the item that begins, with its other attributes, at `start`.
fn after_item(tokens: &[&str], start: usize) -> usize {
    let mut at = start;
    while at < tokens.len() {
        match tokens[at] {
            ";" | "," => return at + 1,
            "{" => return after_bracket(tokens, at),
            "(" | "[" => at = after_bracket(tokens, at),
            _ => at += 1,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(source: &str) -> String {
        without_tests(&tokens(source)).join(" ")
    }

    #[test]
    fn comments_and_text_are_left_out() {
        let source = "a; // crate::b\n/* c /* d */ e */ f(\"crate::g\\\" h\", r#\"i\" j\"#, b'k', '\\'', 'l', '\"')";
        assert_eq!(code(source), "a ; f ( , , , , , )");
        assert_eq!(
            code("fn f<'a>(x: &'a str) { r }"),
            "fn f < a > ( x : & a str ) { r }"
                .replace("< a", "< ' a")
                .replace("& a", "& ' a")
        );
    }

    #[test]
    fn tests_are_left_out_wherever_they_stand() {
        let source = "#[cfg(test)]\nmod server;\nmod web;\n#[cfg(all(test, unix))]\n#[path = \"x.rs\"]\npub mod tests { use a::{b}; }\n\
            #[cfg(not(test))] fn f() {}\n#[arg(b::C)] x";
        assert_eq!(
            code(source),
            "mod web ; # [ cfg ( not ( test ) ) ] fn f ( ) { } # [ arg ( b :: C ) ] x"
        );
    }
}
