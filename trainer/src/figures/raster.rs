//! SVG to pixels.

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::Tree,
};

use super::{
    FigureError,
    fonts::{FONTS, Fonts, Undrawn},
};

/// The most pixels of a figure, at four bytes each.
const MOST: u64 = 200_000_000;

/// A figure as PNG, `scale` times as large as the SVG says, and the characters that it lacks.
///
/// # Errors
/// Where the text is no SVG, or the picture would be empty or too large.
pub fn png_from_svg(svg: &str, scale: f32) -> Result<(Vec<u8>, Undrawn), FigureError> {
    let (pixmap, undrawn) = pixels(svg, scale, &FONTS)?;
    let png = pixmap.encode_png().map_err(FigureError::new)?;
    Ok((png, undrawn))
}

/// A figure's pixels, and the characters that no font has.
pub(super) fn pixels(
    svg: &str,
    scale: f32,
    fonts: &Fonts,
) -> Result<(Pixmap, Undrawn), FigureError> {
    let tree = Tree::from_str(svg, &fonts.options()).map_err(FigureError::new)?;
    let size = tree.size();
    let side = |length: f32| (length * scale).ceil() as u32;
    let (width, height) = (side(size.width()), side(size.height()));
    let pixmap = (u64::from(width) * u64::from(height) <= MOST).then(|| Pixmap::new(width, height));
    let mut pixmap = pixmap.flatten().ok_or_else(|| {
        FigureError::new(format!(
            "{width}x{height} pixels cannot be drawn: at most {} million can; write an .svg, or draw fewer pictures",
            MOST / 1_000_000
        ))
    })?;
    let transform = Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    Ok((pixmap, Undrawn::of(tree.root())))
}

#[cfg(test)]
mod tests {
    use resvg::usvg::fontdb::Database;

    use super::*;
    use crate::figures::fonts::{FAMILY, INTER};

    fn svg(text: &str) -> String {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='60' height='20'><rect width='60' height='20' fill='#fff'/>\
             <text x='4' y='15' font-family='sans-serif' font-size='14'>{text}</text></svg>"
        )
    }

    /// Some letters of Inter Black, for tests: Latin, Greek and Cyrillic.
    const BLACK: &[u8] = include_bytes!("../../fonts/inter-black.ttf");

    /// Inter in the program, and these on the machine.
    fn fonts(machine: &'static [&'static [u8]]) -> Fonts {
        let load = |fonts: &[&[u8]]| {
            let mut loaded = Database::new();
            for font in fonts {
                loaded.load_font_data(font.to_vec());
            }
            loaded
        };
        let mut own = load(&[INTER]);
        own.set_sans_serif_family(FAMILY);
        Fonts::new(own, move || load(machine))
    }

    #[test]
    fn a_figure_of_too_many_pixels_is_refused() {
        let error = png_from_svg(&svg("a"), 10_000.0).unwrap_err();
        assert!(
            error.to_string().contains("at most 200 million can"),
            "{error}"
        );
    }

    fn ink(pixmap: &Pixmap) -> usize {
        let dark = pixmap.pixels().iter().filter(|pixel| pixel.red() < 100);
        dark.count()
    }

    #[test]
    fn text_is_drawn_at_twice_the_size() {
        let (png, undrawn) = png_from_svg(&svg("horse"), 2.0).unwrap();
        let picture = image::load_from_memory(&png).unwrap().into_luma8();
        assert_eq!(picture.dimensions(), (120, 40));
        assert!(picture.iter().filter(|level| **level < 100).count() > 50);
        assert_eq!(undrawn.sentence(), None);
        let (empty, _) = png_from_svg(&svg(""), 2.0).unwrap();
        let empty = image::load_from_memory(&empty).unwrap().into_luma8();
        assert!(empty.iter().all(|level| *level == 255));
    }

    #[test]
    fn what_no_font_has_is_named_once() {
        let (_, undrawn) = pixels(&svg("cat 貓狗 cat 貓"), 1.0, &fonts(&[])).unwrap();
        let words = undrawn.sentence().unwrap();
        assert!(words.contains("do not draw 狗 貓; install"), "{words}");
        let all: String = ('\u{4e00}'..'\u{4e20}').collect();
        let (_, many) = pixels(&svg(&all), 1.0, &fonts(&[])).unwrap();
        let words = many.sentence().unwrap();
        assert!(words.contains("and 12 more; install"), "{words}");
        let mut both = undrawn;
        both.add(many);
        assert!(both.sentence().unwrap().contains("and 14 more"));
    }

    #[test]
    fn the_machine_s_fonts_draw_what_the_program_s_lack_and_nothing_else() {
        let (bare, black) = (fonts(&[]), fonts(&[BLACK]));
        let (without, undrawn) = pixels(&svg("ж"), 4.0, &bare).unwrap();
        assert!(undrawn.sentence().unwrap().contains('ж'));
        let (with, undrawn) = pixels(&svg("ж"), 4.0, &black).unwrap();
        assert_eq!(undrawn.sentence(), None);
        assert!(ink(&with) > 100 && with.data() != without.data());
        for latin in ["horse", "čtyři", "λ"] {
            let (without, _) = pixels(&svg(latin), 2.0, &bare).unwrap();
            let (with, undrawn) = pixels(&svg(latin), 2.0, &black).unwrap();
            assert_eq!(undrawn.sentence(), None);
            assert!(with.data() == without.data(), "{latin}");
        }
    }

    #[test]
    fn the_machine_s_font_of_the_same_name_changes_no_latin_text() {
        let (bare, twice) = (fonts(&[]), fonts(&[INTER]));
        for text in ["horse", "horse ж"] {
            let (without, _) = pixels(&svg(text), 2.0, &bare).unwrap();
            let (with, _) = pixels(&svg(text), 2.0, &twice).unwrap();
            assert!(with.data() == without.data(), "{text}");
        }
    }

    #[test]
    fn the_program_s_font_has_every_character_that_figures_write() {
        // All but the soft hyphen and a letter that Unicode deprecates.
        let all: String = ('\u{a1}'..='\u{17f}')
            .filter(|c| !['\u{ad}', '\u{149}'].contains(c))
            .collect();
        let text = format!(
            "abcXYZ 0123456789 .,;:!?%()+-/ {all} \u{2190}\u{2191}\u{2192}\u{2193} \u{2013} \u{2026} \u{2212} \u{201c}\u{201d} λ"
        );
        let (_, undrawn) = pixels(&svg(&text), 1.0, &fonts(&[])).unwrap();
        assert_eq!(undrawn, Undrawn::default());
    }

    #[test]
    fn what_is_no_svg_is_refused() {
        assert!(png_from_svg("horse", 1.0).is_err());
    }
}
