//! The page around the sections.

use crate::figures::escaped;

/// Reads well on screen in light and dark, and on paper.
const STYLE: &str = include_str!("page.css");

/// A section with a heading.
pub(super) struct Section {
    pub title: &'static str,
    /// HTML.
    pub body: String,
}

/// The whole page.
pub(super) fn page(title: &str, summary: &str, sections: &[Section]) -> String {
    let title = escaped(title);
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p class=\"summary\">{}</p>\n",
        escaped(summary)
    );
    for (number, Section { title, body }) in sections.iter().enumerate() {
        html.push_str(&format!(
            "<section aria-labelledby=\"s{number}\">\n<h2 id=\"s{number}\">{}</h2>\n{body}\n</section>\n",
            escaped(title)
        ));
    }
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

/// A table with a caption; the cells are text.
pub(super) fn table(caption: &str, head: &[&str], rows: &[Vec<String>]) -> String {
    let caption = escaped(caption);
    // In a figure, since the caption of a table is as narrow as the table.
    let mut html =
        format!("<figure>\n<figcaption>{caption}</figcaption>\n<div class=\"wide\"><table>\n");
    if !head.is_empty() {
        html.push_str("<thead><tr>");
        for cell in head {
            html.push_str(&format!("<th scope=\"col\">{}</th>", escaped(cell)));
        }
        html.push_str("</tr></thead>\n");
    }
    html.push_str("<tbody>\n");
    for row in rows {
        html.push_str("<tr>");
        for (number, cell) in row.iter().enumerate() {
            let cell = escaped(cell);
            html.push_str(&match number {
                0 => format!("<th scope=\"row\">{cell}</th>"),
                _ => format!("<td>{cell}</td>"),
            });
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table></div>\n</figure>");
    html
}

/// A figure drawn as SVG, with what it shows in words.
pub(super) fn figure(svg: &str, words: &str) -> String {
    let words = escaped(words);
    let named = svg.replacen(
        "<svg ",
        &format!("<svg role=\"img\" aria-label=\"{words}\" "),
        1,
    );
    format!("<figure>\n{named}<figcaption>{words}</figcaption>\n</figure>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_given_can_become_markup() {
        let section = Section {
            title: "a & b",
            body: table("c", &["<d>"], &[vec!["<script>".into(), "\"".into()]]),
        };
        let html = page("<run>", "1 < 2", &[section]);
        for safe in [
            "&lt;run&gt;",
            "1 &lt; 2",
            "a &amp; b",
            "&lt;d&gt;",
            "&lt;script&gt;",
            "&quot;",
        ] {
            assert!(html.contains(safe), "{safe}");
        }
        assert!(!html.contains("<script>"));
    }

    #[test]
    fn a_figure_says_what_it_shows() {
        let html = figure("<svg width=\"1\"></svg>", "losses");
        assert!(html.contains("<svg role=\"img\" aria-label=\"losses\" width"));
    }
}
