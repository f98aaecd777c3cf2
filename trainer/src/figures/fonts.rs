//! Which font draws which character.
//!
//! The font in the program comes first, so that Latin text looks the same on every machine. What it lacks is drawn with the
//! machine's own fonts, and what those lack too is said.

use std::{
    cmp::Ordering,
    collections::BTreeSet,
    sync::{Arc, LazyLock},
};

use resvg::usvg::{
    FontResolver, Group, Node, Options,
    fontdb::{Database, FaceInfo, Stretch, Style, Weight},
};

/// Inter 4.1 (<https://rsms.me/inter>, as npm's `inter-ui` has it) with Latin letters, punctuation and arrows alone:
/// `pyftsubset Inter-Regular.ttf --layout-features=kern,ccmp --no-hinting --unicodes=U+20-7E,U+A0-17F,U+3BB,...` of fonttools.
pub(super) const INTER: &[u8] = include_bytes!("../../fonts/inter-regular.ttf");
/// Its family.
pub(super) const FAMILY: &str = "Inter";

/// Characters that a message names.
const NAMED: usize = 20;

/// The font of this program and those of this machine.
pub(super) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let mut own = Database::new();
    own.load_font_data(INTER.to_vec());
    own.set_sans_serif_family(FAMILY);
    Fonts::new(own, || {
        let mut machine = Database::new();
        machine.load_system_fonts();
        machine
    })
});

/// Fonts to draw with, and others for the characters that those lack.
pub(super) struct Fonts {
    own: Arc<Database>,
    /// The own ones under the same ids, and the others behind them.
    all: LazyLock<Arc<Database>, Box<dyn FnOnce() -> Arc<Database> + Send>>,
}

impl Fonts {
    /// The others are looked for when the first character needs them.
    pub fn new(own: Database, others: impl FnOnce() -> Database + Send + 'static) -> Self {
        let mut all = own.clone();
        let all = move || {
            let others = others();
            let mut faces: Vec<&FaceInfo> =
                others.faces().filter(|face| has_letters(face)).collect();
            faces.sort_by(|one, other| plainer(one, other));
            for face in faces {
                all.push_face_info(face.clone());
            }
            Arc::new(all)
        };
        Self {
            own: Arc::new(own),
            all: LazyLock::new(Box::new(all)),
        }
    }

    /// What a figure is read with.
    pub fn options(&self) -> Options<'_> {
        let select = FontResolver::default_font_selector();
        let fallback = FontResolver::default_fallback_selector();
        Options {
            font_family: FAMILY.to_owned(),
            fontdb: Arc::clone(&self.own),
            font_resolver: FontResolver {
                // The machine may have an Inter too, of another weight.
                select_font: Box::new(move |font, _| select(font, &mut Arc::clone(&self.own))),
                select_fallback: Box::new(move |character, used, fonts| {
                    let own = fallback(character, used, &mut Arc::clone(&self.own));
                    own.or_else(|| {
                        *fonts = Arc::clone(&self.all);
                        fallback(character, used, fonts)
                    })
                }),
            },
            ..Options::default()
        }
    }
}

/// Whether a font has more than a box for every character there is.
fn has_letters(face: &FaceInfo) -> bool {
    face.families.iter().all(|(family, _)| {
        let family = family.replace([' ', '.'], "").to_lowercase();
        !family.starts_with("lastresort") && !family.starts_with("adobeblank")
    })
}

/// The first font that has a character draws it: upright ones before slanted ones, sans-serif before serif and monospaced, the
/// regular weight before others, and then by name, so that a machine always takes the same.
fn plainer(one: &FaceInfo, other: &FaceInfo) -> Ordering {
    let key = |face: &FaceInfo| {
        let name = face.families.first().map(|(name, _)| name.to_lowercase());
        let name = name.unwrap_or_default();
        (
            face.style != Style::Normal,
            face.monospaced || name.contains("mono"),
            name.contains("serif") && !name.contains("sans"),
            face.weight.0.abs_diff(Weight::NORMAL.0),
            face.stretch != Stretch::Normal,
            name,
            face.index,
        )
    };
    key(one).cmp(&key(other))
}

/// Characters that a figure lacks: no font here has them, or none together with what stands beside them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "a figure that lacks characters is to be said so"]
pub struct Undrawn(BTreeSet<char>);

impl Undrawn {
    /// Those of a figure that was laid out.
    pub(super) fn of(group: &Group) -> Self {
        let mut found = BTreeSet::new();
        look(group, &mut found);
        Self(found)
    }

    /// Adds those of another figure.
    pub fn add(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// A sentence for the user, or nothing where every character was drawn.
    pub fn sentence(&self) -> Option<String> {
        let shown: Vec<String> = self.0.iter().take(NAMED).map(char::to_string).collect();
        let more = match self.0.len() - shown.len() {
            0 if shown.is_empty() => return None,
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        Some(format!(
            "figures: the fonts of this machine do not draw {}{more}; install one that does, such as Noto (on Debian fonts-noto-cjk for \
             Chinese, Japanese and Korean, fonts-noto-core for other scripts), or write an .svg file, which is drawn with the viewer's \
             fonts",
            shown.join(" ")
        ))
    }
}

fn look(group: &Group, found: &mut BTreeSet<char>) {
    for node in group.children() {
        match node {
            Node::Group(group) => look(group, found),
            Node::Text(text) => {
                let glyphs = text
                    .layouted()
                    .iter()
                    .flat_map(|span| &span.positioned_glyphs);
                // Glyph 0 is what a font shows for what it lacks.
                let missing = glyphs.filter(|glyph| glyph.id.0 == 0);
                let characters = missing.flat_map(|glyph| glyph.text.chars());
                found.extend(characters.filter(|c| !c.is_whitespace() && !c.is_control()));
            }
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}
