use png::{BitDepth, ColorType, Encoder};

use super::{FigureError, fonts::FONTS, raster::pixels};

/// Figures of one size one after another, as an animated PNG that begins again at its end.
///
/// `milliseconds` is how long each is shown; the last one is shown three times as long.
///
/// # Errors
/// Where there is no figure, one is no SVG, or their sizes differ.
pub fn animation(figures: &[String], milliseconds: u16) -> Result<Vec<u8>, FigureError> {
    let failed = |error: png::EncodingError| FigureError::new(error);
    let frames: Vec<_> = figures
        .iter()
        .map(|svg| Ok(pixels(svg, 1.0, &FONTS)?.0))
        .collect::<Result<_, FigureError>>()?;
    let first = frames
        .first()
        .ok_or_else(|| FigureError::new("there is no figure to animate"))?;
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, first.width(), first.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder
        .set_animated(frames.len() as u32, 0)
        .map_err(failed)?;
    let mut writer = encoder.write_header().map_err(failed)?;
    for (number, frame) in frames.iter().enumerate() {
        let times = if number + 1 == frames.len() { 3 } else { 1 };
        writer
            .set_frame_delay(milliseconds.saturating_mul(times), 1000)
            .map_err(failed)?;
        // Figures are drawn on white: there is nothing to see through.
        let colours: Vec<u8> = frame
            .pixels()
            .iter()
            .flat_map(|p| [p.red(), p.green(), p.blue()])
            .collect();
        writer.write_image_data(&colours).map_err(failed)?;
    }
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use image::{AnimationDecoder, codecs::png::PngDecoder};

    use super::*;

    #[test]
    fn frames_come_back_in_order() {
        let svg = |colour: &str| {
            format!(
                "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='3'><rect width='4' height='3' fill='{colour}'/></svg>"
            )
        };
        let bytes = animation(&["#f00", "#0f0"].map(svg), 500).unwrap();
        let decoder = PngDecoder::new(std::io::Cursor::new(bytes)).unwrap();
        let frames = decoder
            .apng()
            .unwrap()
            .into_frames()
            .collect_frames()
            .unwrap();
        let colours: Vec<_> = frames
            .iter()
            .map(|frame| frame.buffer().get_pixel(1, 1).0)
            .collect();
        assert_eq!(colours, [[255, 0, 0, 255], [0, 255, 0, 255]]);
        assert!(animation(&[], 500).is_err());
    }
}
