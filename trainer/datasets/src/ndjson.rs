//! Drawings as Quick, Draw! publishes them: one JSON object a line, its strokes as lists of x and of y.

use std::path::Path;

use anyhow::{Context, anyhow, bail, ensure};
use serde::Deserialize;
use shared::drawing::{Drawing, Point, Stroke};

use super::format::{Contents, contents};

#[derive(Deserialize)]
struct Line {
    drawing: Vec<Vec<Vec<f32>>>,
}

/// The drawings of an ndjson file, simplified or raw, in order. Empty lines and times are passed over.
///
/// # Errors
/// Where the file cannot be read, is no text, or a line is no drawing, with its number.
pub fn read_ndjson(file: &Path) -> anyhow::Result<Vec<Drawing>> {
    let bytes =
        std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    drawings(&bytes).with_context(|| format!("{} cannot be used", file.display()))
}

fn drawings(bytes: &[u8]) -> anyhow::Result<Vec<Drawing>> {
    if let Contents::Archive(archive) = contents(bytes) {
        bail!("it is packed ({}): unpack it", archive.name());
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        anyhow!("line {line}: not UTF-8 text; save the file as that")
    })?;
    let lines = text.lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.trim().is_empty());
    let drawings = lines.map(|(number, line)| {
        drawing(line).with_context(|| {
            format!(
                "line {}: not a drawing as Quick, Draw! has them, {{\"drawing\": [[[x, ...], [y, ...]], ...]}}",
                number + 1
            )
        })
    });
    let drawings: Vec<Drawing> = drawings.collect::<anyhow::Result<_>>()?;
    ensure!(!drawings.is_empty(), "it holds no drawing");
    Ok(drawings)
}

fn drawing(line: &str) -> anyhow::Result<Drawing> {
    let line: Line = serde_json::from_str(line)?;
    let strokes = line.drawing.into_iter().map(|stroke| {
        let [x, y, ..] = &stroke[..] else {
            anyhow::bail!("a stroke has no list of x and of y");
        };
        ensure!(
            x.len() == y.len(),
            "a stroke has {} x and {} y",
            x.len(),
            y.len()
        );
        ensure!(
            x.iter().chain(y).all(|value| value.is_finite()),
            "a point is not finite"
        );
        let points = x.iter().zip(y).map(|(x, y)| Point { x: *x, y: *y });
        Ok(Stroke::from(points.collect::<Vec<_>>()))
    });
    let drawing: Drawing = strokes.collect::<anyhow::Result<_>>()?;
    ensure!(!drawing.is_empty(), "nothing is drawn");
    Ok(drawing)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn simplified_and_raw_drawings_are_read() {
        let text = "{\"word\":\"hat\",\"drawing\":[[[1,2],[3,4]],[[5],[6]]]}\n\n{\"drawing\":[[[1.5],[2.5],[0]]]}\n";
        let read = drawings(text.as_bytes()).unwrap();
        assert_eq!(read.len(), 2);
        let preceded = ["\u{feff}", text].concat();
        assert_eq!(drawings(preceded.as_bytes()).unwrap(), read);
        assert_eq!(read[0].strokes()[0].points()[1], Point { x: 2.0, y: 4.0 });
        assert_eq!(read[1].strokes()[0].points(), [Point { x: 1.5, y: 2.5 }]);
    }

    #[test]
    fn other_lines_are_refused_with_their_number() {
        for (text, reason) in [
            ("", "no drawing"),
            ("{\"drawing\":[[[1],[1]]]}\n[]", "line 2"),
            ("{\"drawing\":[[[1],[1,2]]]}", "1 x and 2 y"),
            ("{\"drawing\":[[[1]]]}", "no list of x and of y"),
            ("{\"drawing\":[[[1e39],[1]]]}", "line 1"),
            ("{\"drawing\":[[[],[]]]}", "nothing is drawn"),
        ] {
            let error = format!("{:#}", drawings(text.as_bytes()).unwrap_err());
            assert!(error.contains(reason), "{text}: {error}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused_with_what_to_do() {
        for (bytes, reason) in [
            (
                &b"{\"drawing\":[[[1],[1]]]}\n\"caf\xe9\""[..],
                "line 2: not UTF-8 text",
            ),
            (b"\x1f\x8b\x08\0", "(gzip or tar.gz): unpack it"),
            (b"PK\x03\x04\x14\0", "(zip): unpack it"),
        ] {
            let error = drawings(bytes).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_read_as_an_empty_drawing(text in "(\\{\"drawing\":\\[[\\[\\],0-9. e-]{0,40}\\]\\}\n?){0,3}|.{0,60}") {
            if let Ok(read) = drawings(text.as_bytes()) {
                prop_assert!(!read.is_empty() && !read.iter().any(Drawing::is_empty));
            }
        }
    }
}
