//! The picture that is shared: drawings, and what was seen in them.

use leptos::prelude::*;
use shared::drawing::Drawing;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, Path2d};

use super::text;
use crate::canvas::context;
use crate::doodle::{PEN, path};
use crate::draw::sheet::SHEET_SIDE;

/// The size of a card in pixels, as link previews have it.
pub const SIZE: (u32, u32) = (1200, 630);

const WIDTH: f64 = SIZE.0 as f64;
const HEIGHT: f64 = SIZE.1 as f64;
const MARGIN: f64 = 60.0;
/// Between the tiles of a wall, and between the drawings and the words.
const GAP: f64 = 18.0;
/// How many tiles stand side by side.
const COLUMNS: usize = 3;
/// The side of a tile where there are several.
const TILE: f64 = 196.0;
/// The height of a tile's caption.
const CAPTION: f64 = 42.0;

/// What is on a card.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    /// The drawings, each with its caption: one fills the card's left, several are a wall of tiles.
    pub drawings: Vec<(Drawing, String)>,
    /// Above the headline.
    pub kicker: String,
    /// The words that count.
    pub headline: String,
    /// Below the headline.
    pub detail: String,
}

/// The page's colours and faces.
struct Look {
    paper: String,
    sheet: String,
    line: String,
    ink: String,
    quiet: String,
    accent: String,
    face: String,
    display: String,
}

impl Look {
    fn of_page() -> Option<Self> {
        let root = document().document_element()?;
        let style = window().get_computed_style(&root).ok()??;
        let token = |name| style.get_property_value(name).ok();
        Some(Self {
            paper: token("--paper")?,
            sheet: token("--sheet")?,
            line: token("--line")?,
            ink: token("--ink")?,
            quiet: token("--quiet")?,
            accent: token("--target")?,
            face: token("--face")?,
            display: token("--display")?,
        })
    }
}

impl Card {
    /// Paints the card on a canvas, which takes its size. Nothing where the browser has no canvas or no style.
    pub fn paint(&self, canvas: &HtmlCanvasElement) -> Option<()> {
        canvas.set_width(SIZE.0);
        canvas.set_height(SIZE.1);
        let (context, look) = (context(canvas)?, Look::of_page()?);
        let painter = Painter { context, look };
        painter.fill(&painter.look.paper);
        painter.context.fill_rect(0.0, 0.0, WIDTH, HEIGHT);
        let left = match &self.drawings[..] {
            [] => MARGIN,
            [(drawing, _)] => {
                let side = HEIGHT - 2.0 * MARGIN;
                painter.sheet(drawing, (MARGIN, MARGIN), side);
                MARGIN + side
            }
            several => {
                painter.wall(several);
                MARGIN + COLUMNS as f64 * (TILE + GAP) - GAP
            }
        };
        painter.words(self, left + 3.0 * GAP);
        Some(())
    }
}

struct Painter {
    context: CanvasRenderingContext2d,
    look: Look,
}

impl Painter {
    fn wall(&self, drawings: &[(Drawing, String)]) {
        let rows = drawings.len().div_ceil(COLUMNS) as f64;
        let height = rows * (TILE + CAPTION) + (rows - 1.0) * GAP;
        let top = (HEIGHT - height) / 2.0;
        for (index, (drawing, caption)) in drawings.iter().enumerate() {
            let x = MARGIN + (index % COLUMNS) as f64 * (TILE + GAP);
            let y = top + (index / COLUMNS) as f64 * (TILE + CAPTION + GAP);
            self.sheet(drawing, (x, y), TILE);
            self.fill(&self.look.ink);
            self.font(600, 24.0, &self.look.face);
            self.write(caption, x, y + TILE + 31.0);
        }
    }

    /// A square sheet with a drawing.
    fn sheet(&self, drawing: &Drawing, (x, y): (f64, f64), side: f64) {
        let context = &self.context;
        context.begin_path();
        // Refused only for a negative radius.
        let _ = context.round_rect_with_f64(x, y, side, side, side / 24.0);
        self.fill(&self.look.sheet);
        context.fill();
        context.set_stroke_style_str(&self.look.line);
        context.set_line_width(2.0);
        context.stroke();
        let scale = side / f64::from(SHEET_SIDE);
        context.save();
        // Refused only where a number is missing.
        let _ = context.translate(x, y);
        let _ = context.scale(scale, scale);
        context.set_stroke_style_str(&self.look.ink);
        context.set_line_width(PEN);
        context.set_line_cap("round");
        context.set_line_join("round");
        if let Ok(path) = Path2d::new_with_path_string(&path(drawing)) {
            context.stroke_with_path(&path);
        }
        context.restore();
    }

    /// The words on the right, in the middle of the card's height, with the page's name above and its claim below.
    fn words(&self, card: &Card, left: f64) {
        let width = WIDTH - MARGIN - left;
        self.fill(&self.look.ink);
        self.font(800, 38.0, &self.look.display);
        self.write(text::NAME(), left, MARGIN + 34.0);

        let (size, lines) = self.fit(&card.headline, width);
        let height = size * lines.len() as f64;
        let mut y = (HEIGHT - height) / 2.0 + size * 0.8;
        self.fill(&self.look.quiet);
        self.font(500, 30.0, &self.look.face);
        self.write(&card.kicker, left, y - size * 0.8 - 14.0);
        self.fill(&self.look.accent);
        self.font(700, size, &self.look.display);
        for line in &lines {
            self.write(line, left, y);
            y += size;
        }
        self.fill(&self.look.ink);
        self.font(600, 34.0, &self.look.face);
        self.write(&card.detail, left, y - size * 0.8 + 44.0);

        self.fill(&self.look.quiet);
        self.font(500, 26.0, &self.look.face);
        self.write(text::FOOT(), left, HEIGHT - MARGIN - 6.0);
    }

    /// The largest size at which a text fits into at most two lines, and these lines.
    fn fit(&self, text: &str, width: f64) -> (f64, Vec<String>) {
        let mut size = 112.0;
        loop {
            self.font(700, size, &self.look.display);
            let lines = self.wrapped(text, width);
            let fits = lines.iter().all(|line| self.width(line) <= width);
            if (fits && lines.len() <= 2) || size < 24.0 {
                return (size, lines);
            }
            size -= 6.0;
        }
    }

    fn wrapped(&self, text: &str, width: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(' ') {
            let longer = lines.last().map(|line| format!("{line} {word}"));
            match (lines.last_mut(), longer) {
                (Some(line), Some(longer)) if self.width(&longer) <= width => *line = longer,
                _ => lines.push(word.into()),
            }
        }
        lines
    }

    fn width(&self, text: &str) -> f64 {
        let measured = self.context.measure_text(text);
        measured.map_or(0.0, |measured| measured.width())
    }

    fn fill(&self, colour: &str) {
        self.context.set_fill_style_str(colour);
    }

    fn font(&self, weight: u32, size: f64, face: &str) {
        self.context.set_font(&format!("{weight} {size}px {face}"));
    }

    fn write(&self, text: &str, x: f64, y: f64) {
        // Refused only where a number is missing.
        let _ = self.context.fill_text(text, x, y);
    }
}
