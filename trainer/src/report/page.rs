//! The page around the sections: one file that opens from disk and loads nothing.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::style::style;
use crate::figures::xml_text;

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
}
