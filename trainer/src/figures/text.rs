//! How much room text takes in a figure, before any font is at hand.

/// About how wide a text is, in the unit of `size`, the font's size. It is rather too wide than too narrow.
pub fn width(text: &str, size: f32) -> f32 {
    size * text.chars().map(ems).sum::<f32>()
}

/// A text that is at most `room` wide: whole, or its beginning and an ellipsis.
pub fn shortened(text: &str, size: f32, room: f32) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut left = room / size - ems('\u{2026}');
    let fits = |character: &char| {
        left -= ems(*character);
        left >= 0.0
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{}\u{2026}", kept.trim_end())
}

/// A character's width as a share of the font's size.
fn ems(character: char) -> f32 {
    match character {
        ' ' | '.' | ',' | ':' | ';' | '!' | '|' | '\'' | '(' | ')' | 'f' | 'i' | 'j' | 'l'
        | 'r' | 't' | 'I' => 0.4,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '\u{2026}' => 1.0,
        // From here on, scripts whose characters are as wide as high.
        wide if wide >= '\u{1100}' => 1.1,
        capital if capital.is_uppercase() => 0.8,
        _ => 0.66,
    }
}

#[cfg(test)]
mod tests {
    use resvg::usvg::{Node, Tree};

    use super::*;
    use crate::figures::fonts::FONTS;

    fn measured(text: &str) -> f32 {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text font-family='sans-serif' font-size='10'>{text}</text></svg>"
        );
        let tree = Tree::from_str(&svg, &FONTS.options()).unwrap();
        let Some(Node::Text(text)) = tree.root().children().first() else {
            panic!("no text in {svg}");
        };
        text.layouted()
            .iter()
            .flat_map(|span| &span.positioned_glyphs)
            .map(|glyph| glyph.transform().tx)
            .fold(0.0, f32::max)
    }

    #[test]
    fn no_text_is_wider_than_it_is_taken_for() {
        for text in [
            "horse",
            "television",
            "MMMM",
            "washing machine",
            "illicit",
            "98.3 %",
        ] {
            let (taken, is) = (width(text, 10.0), measured(text));
            assert!(is <= taken && taken < 2.2 * is, "{text}: {is}, {taken}");
        }
    }

    #[test]
    fn long_text_ends_with_an_ellipsis() {
        assert_eq!(shortened("horse", 10.0, 60.0), "horse");
        let short = shortened("the Great Wall of China", 10.0, 80.0);
        assert!(
            short.starts_with("the Great") && short.ends_with('\u{2026}'),
            "{short}"
        );
        assert!(width(&short, 10.0) <= 80.0);
        assert_eq!(shortened("萬里長城長城", 10.0, 40.0), "萬里\u{2026}");
        assert_eq!(shortened("horse", 10.0, 1.0), "\u{2026}");
    }
}
