//! The page around the sections: one file that opens from disk and loads nothing.

use base64::{Engine, engine::general_purpose::STANDARD};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::figures::{CLASS_COLOURS, CLASS_STYLE, TOKENS, hex, xml_text};

/// The style of Edgewise's page that the report shares: its tokens, and what is pressed or moved.
const SHARED: [&str; 2] = [
    include_str!("../../../web/src/style/tokens.css"),
    include_str!("../../../web/src/style/controls.css"),
];
/// The page's typeface, and where its style says that it is.
const TYPEFACE: &[u8] = include_bytes!("../../../assets/fonts/bricolage-grotesque.woff2");
const TYPEFACE_ADDRESS: &str = "fonts/bricolage-grotesque.woff2";

const STYLE: &str = include_str!("page.css");

/// A section with a heading.
pub(super) struct Section {
    /// Its name in addresses.
    pub id: &'static str,
    pub title: &'static str,
    pub body: Markup,
}

/// A number at the top of the page, and what it is.
pub(super) struct Number {
    /// `source` for photos, `target` for doodles.
    pub class: Option<&'static str>,
    pub name: &'static str,
    pub value: String,
}

/// The whole page.
pub(super) fn page(title: &str, summary: &str, numbers: &[Number], sections: &[Section]) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(style())) }
            }
            body {
                main {
                    header {
                        h1 { (title) }
                        p.summary { (summary) }
                        dl.numbers {
                            @for number in numbers {
                                div class=[number.class] { dt { (number.name) } dd { (number.value) } }
                            }
                        }
                        nav aria-label="Sections" {
                            @for section in sections { a href={ "#" (section.id) } { (section.title) } }
                        }
                    }
                    @for section in sections {
                        section aria-labelledby=(section.id) {
                            h2 id=(section.id) { (section.title) }
                            (section.body)
                        }
                    }
                }
            }
        }
    };
    xml_text(&page.into_string())
}

/// All of the style, with the typeface in it; paper is light whatever the screen is.
fn style() -> String {
    let typeface = format!("data:font/woff2;base64,{}", STANDARD.encode(TYPEFACE));
    let style = format!("{}{CLASS_STYLE}{STYLE}{}", SHARED.concat(), themes());
    style
        .replace(TYPEFACE_ADDRESS, &typeface)
        .replace("@media (prefers-color", "@media screen and (prefers-color")
}

/// Figures are drawn in the colours for light ground: here, each is what the token says.
fn themes() -> String {
    let classes = CLASS_COLOURS.iter().enumerate();
    let classes = classes.map(|(number, colour)| (format!("--class-{number}"), *colour));
    let tokens = TOKENS.map(|(name, colour)| (name.to_owned(), colour));
    let rule = |(name, colour)| {
        let colour = hex(colour);
        format!(
            ".drawn [fill=\"{colour}\" i] {{ fill: var({name}); }}\n.drawn [stroke=\"{colour}\" i] {{ stroke: var({name}); }}\n"
        )
    };
    tokens.into_iter().chain(classes).map(rule).collect()
}

/// A table with a caption; the first cell of a row is its heading.
pub(super) fn table(caption: &str, head: &[&str], rows: &[Vec<String>]) -> Markup {
    html! {
        // In a figure, since the caption of a table is as narrow as the table.
        figure {
            figcaption { (caption) }
            table {
                @if !head.is_empty() {
                    thead { tr { @for cell in head { th scope="col" { span { (cell) } } } } }
                }
                tbody {
                    @for row in rows {
                        tr {
                            @for cell in row.iter().take(1) { th scope="row" { (cell) } }
                            @for cell in row.iter().skip(1) { td { (cell) } }
                        }
                    }
                }
            }
        }
    }
}

/// A figure drawn as SVG, with what it shows in words.
pub(super) fn figure(svg: &str, words: &str) -> Markup {
    html! {
        figure {
            div.drawn role="img" aria-label=(words) { (PreEscaped(svg)) }
            figcaption { (words) }
        }
    }
}

/// A whole number with its thousands apart.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A share as percent with one decimal.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_given_can_become_markup() {
        let section = Section {
            id: "a",
            title: "a & b",
            body: table("c", &["<d>"], &[vec!["<script>".into(), "\u{1}\"".into()]]),
        };
        let number = Number {
            class: None,
            name: "<e>",
            value: "<f>".into(),
        };
        let html = page("<run>", "1 < 2", &[number], &[section]);
        for safe in [
            "&lt;run&gt;",
            "1 &lt; 2",
            "a &amp; b",
            "&lt;d&gt;",
            "&lt;e&gt;",
            "&lt;f&gt;",
            "&lt;script&gt;",
            " &quot;",
        ] {
            assert!(html.contains(safe), "{safe}");
        }
        assert!(!html.contains("<script>") && !html.contains('\u{1}'));
    }

    #[test]
    fn a_figure_says_what_it_shows() {
        let html = figure("<svg width=\"1\"></svg>", "losses < 1").into_string();
        assert!(html.contains("role=\"img\" aria-label=\"losses &lt; 1\"><svg width"));
    }

    #[test]
    fn the_style_has_the_page_s_tokens_and_loads_nothing() {
        let style = style();
        for part in [
            "--paper: #fbf8f1",
            "--class-9",
            ".segments",
            "stroke: var(--source)",
        ] {
            assert!(style.contains(part), "{part}");
        }
        for address in style.split("url(").skip(1) {
            assert!(address.starts_with("\"data:"), "{}", &address[..40]);
        }
        assert!(style.contains("url(\"data:"));
        let dark = style.matches("prefers-color-scheme: dark").count();
        assert_eq!(style.matches("@media screen and (prefers").count(), dark);
    }

    #[test]
    fn long_numbers_are_grouped() {
        for (number, text) in [
            (7, "7"),
            (100, "100"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }
}
