//! `docs/command-line.md` says what the program's own help says.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

use std::{env, fs, path::Path};

use clap_markdown::{MarkdownOptions, help_markdown_custom};
use trainer::commands::Cli;

const HEAD: &str = "\
Made of the program's own help by `cargo test -p trainer --test command_line_page`; with `EDGEWISE_BLESS=1` that writes this page anew.
";

#[test]
fn the_page_about_the_command_line_is_the_program_s_help() {
    let options = MarkdownOptions::new()
        .title("The trainer's command line".to_owned())
        .show_footer(false);
    let help = help_markdown_custom::<Cli>(&options);
    let (title, rest) = help.split_once('\n').unwrap();
    let mut page = format!("{title}\n\n{HEAD}{rest}");
    // Its lists end lines with blanks.
    page = page
        .lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n")
        + "\n";
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/command-line.md");
    if env::var_os("EDGEWISE_BLESS").is_some() {
        fs::write(&place, &page).unwrap();
    }
    assert!(
        fs::read_to_string(&place).unwrap() == page,
        "docs/command-line.md is not what the program's help says: bless it"
    );
}
