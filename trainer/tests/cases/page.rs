//! Reports about pages. They are tried by the page's own tests, which run in a browser; here is which.

use std::{fmt::Write, fs, path::Path};

/// A report, what is right, and the test that tries it.
struct PageCase {
    /// Where the fault was reported first.
    source: &'static str,
    /// What the page does instead, as a sentence.
    right: &'static str,
    /// The file of the test, from the top of the repository.
    file: &'static str,
    /// The name of the test.
    test: &'static str,
}

const HEAD: &str = "
## On the page

Tried by the page's own tests in Chromium, as part of `cargo xtask test`.

| first reported as | what the page does | test |
| --- | --- | --- |
";

const PENS: &str = "web/tests/components/drawing/pens.rs";

const CASES: [PageCase; 11] = [
    PageCase {
        source: "Squarific/Paint.js#39, lewish/asciiflow#88, openstreetmap/iD#243",
        right: "Undo with the pen down gives up that stroke and no other.",
        file: PENS,
        test: "undo_while_the_pen_is_down_gives_up_its_stroke_and_no_other",
    },
    PageCase {
        source: "w3c/pointerevents#407, tldraw/tldraw#10283, google/model-viewer#3418",
        right: "A pen whose release was lost stops at the next move without a button.",
        file: PENS,
        test: "a_pen_whose_release_was_lost_stops_at_the_next_move_without_button",
    },
    PageCase {
        source: "excalidraw/excalidraw#4532, tldraw/tldraw#10690",
        right: "A stylus takes over from the palm that rested first.",
        file: PENS,
        test: "a_stylus_takes_over_from_the_palm",
    },
    PageCase {
        source: "mozilla/pdf.js#18856, excalidraw/excalidraw#7465, ianstormtaylor/slate#4046",
        right: "Ctrl+Z undoes on every keyboard layout.",
        file: "web/tests/components/drawing/keys.rs",
        test: "undo_is_where_the_layout_has_its_z",
    },
    PageCase {
        source: "image-rs/image#3081, GoogleChromeLabs/squoosh#272",
        right: "A photo too large is refused before it is decoded, and the page continues.",
        file: "tests/tests/browser/photo.rs",
        test: "a_photo_too_large_is_refused_at_once_and_the_page_continues",
    },
    PageCase {
        source: "moeru-ai/airi#1680, gpuweb/gpuweb#1629",
        right: "Where the graphics device is lost, the CPU answers and the page says why.",
        file: "tests/tests/browser/engines.rs",
        test: "when_the_graphics_process_dies_the_cpu_continues_and_the_page_says_why",
    },
    PageCase {
        source: "emscripten-core/emsdk#481, emscripten-core/emscripten#6865",
        right: "A page opened from disk says that it needs a server.",
        file: "tests/tests/browser/errors.rs",
        test: "a_page_opened_from_disk_says_that_it_needs_a_server",
    },
    PageCase {
        source: "hosts that answer every address with a page",
        right: "A web page sent in place of the weights is reported.",
        file: "tests/tests/browser/errors.rs",
        test: "a_web_page_in_the_place_of_the_weights_is_told",
    },
    PageCase {
        source: "a deployment under a visitor's feet",
        right: "A page with a program of another version asks for a reload.",
        file: "tests/tests/browser/errors.rs",
        test: "a_page_with_a_program_of_another_version_asks_for_a_reload",
    },
    PageCase {
        source: "browsers before 2021",
        right: "A browser without vector instructions is told what it lacks.",
        file: "tests/tests/browser/errors.rs",
        test: "a_browser_without_vector_instructions_is_told_what_it_lacks",
    },
    PageCase {
        source: "links that were cut or forged",
        right: "A damaged link shows a message and never crashes the page.",
        file: "tests/tests/browser/share.rs",
        test: "a_damaged_link_is_a_sentence",
    },
];

/// The table of these reports.
///
/// # Panics
/// Where a test is not there any more.
pub fn table() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut table = HEAD.to_owned();
    for case in CASES {
        let text = fs::read_to_string(root.join(case.file)).unwrap();
        assert!(
            text.contains(&format!("fn {}(", case.test)),
            "{} has no test {}",
            case.file,
            case.test
        );
        let PageCase {
            source,
            right,
            file,
            test,
        } = case;
        writeln!(table, "| {source} | {right} | [`{test}`](../{file}) |").unwrap();
    }
    table
}
