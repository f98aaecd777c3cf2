//! SVG to pixels, with a font that travels in the program, so that figures look the same on every machine.

use std::sync::{Arc, LazyLock};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};

use super::FigureError;

static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_font_data(epaint_default_fonts::UBUNTU_LIGHT.to_vec());
    fonts.load_font_data(epaint_default_fonts::HACK_REGULAR.to_vec());
    fonts.set_sans_serif_family("Ubuntu");
    fonts.set_monospace_family("Hack");
    Options {
        font_family: "Ubuntu".to_owned(),
        fontdb: Arc::new(fonts),
        ..Options::default()
    }
});

/// A figure as PNG, `scale` times as large as the SVG says.
///
/// # Errors
/// Where the text is no SVG, or the picture would be empty or too large.
pub fn png_from_svg(svg: &str, scale: f32) -> Result<Vec<u8>, FigureError> {
    let pixmap = pixels(svg, scale)?;
    pixmap
        .encode_png()
        .map_err(|error| FigureError(error.to_string()))
}

/// A figure's pixels.
pub(super) fn pixels(svg: &str, scale: f32) -> Result<Pixmap, FigureError> {
    let tree = Tree::from_str(svg, &OPTIONS).map_err(|error| FigureError(error.to_string()))?;
    let size = tree.size();
    let side = |length: f32| (length * scale).ceil() as u32;
    let (width, height) = (side(size.width()), side(size.height()));
    let mut pixmap = Pixmap::new(width, height)
        .ok_or_else(|| FigureError(format!("{width}x{height} pixels cannot be drawn")))?;
    let transform = Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    Ok(pixmap)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_drawn_at_twice_the_size() {
        let svg = |text: &str| {
            format!(
                "<svg xmlns='http://www.w3.org/2000/svg' width='60' height='20'><rect width='60' height='20' fill='#fff'/>\
                 <text x='4' y='15' font-family='sans-serif' font-size='14'>{text}</text></svg>"
            )
        };
        let png = png_from_svg(&svg("horse"), 2.0).unwrap();
        let picture = image::load_from_memory(&png).unwrap().into_luma8();
        assert_eq!(picture.dimensions(), (120, 40));
        assert!(picture.iter().filter(|level| **level < 100).count() > 50);
        let empty = png_from_svg(&svg(""), 2.0).unwrap();
        let empty = image::load_from_memory(&empty).unwrap().into_luma8();
        assert!(empty.iter().all(|level| *level == 255));
    }

    #[test]
    fn what_is_no_svg_is_refused() {
        assert!(png_from_svg("horse", 1.0).is_err());
    }
}
