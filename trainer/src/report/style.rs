//! The report's style: that of the page, and what the report has besides.

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::figures::{CLASS_COLOURS, CLASS_STYLE, TOKENS, hex};

/// The style of Edgewise's page that the report shares: its tokens, and what is pressed or moved.
const SHARED: [&str; 2] = [
    include_str!("../../../web/src/style/tokens.css"),
    include_str!("../../../web/src/style/controls.css"),
];
/// The page's typeface, and where its style says that it is.
const TYPEFACE: &[u8] = include_bytes!("../../../assets/fonts/bricolage-grotesque.woff2");
const TYPEFACE_ADDRESS: &str = "fonts/bricolage-grotesque.woff2";

const STYLE: &str = include_str!("page.css");

/// All of the style, with the typeface in it; paper is light whatever the screen is.
pub(super) fn style() -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
