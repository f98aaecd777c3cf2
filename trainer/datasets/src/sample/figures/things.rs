//! Bed, clock, apple, plane and television.

use rand::RngExt;
use rand::rngs::ChaCha8Rng;

use crate::sample::part::{Part, Tone};
use crate::sample::position::{Position, direction, places, within};

pub(super) fn bed(random: &mut ChaCha8Rng) -> Vec<Part> {
    // Seen from the side and a little from above: what lies further back lies further right and higher.
    let depth = random.random_range(10.0..22.0_f32);
    let back = |(x, y): Position| (x + depth, y - 0.8 * depth);
    let upright = |x: f32, top: f32| {
        let (near, foot) = ((x, top), (x, 84.0));
        Part::board(Tone::Accent, [near, back(near), back(foot), foot])
    };
    let flat = |left: f32, right: f32, y: f32| {
        let (near, far) = ((left, y), (right, y));
        [near, back(near), back(far), far]
    };
    let head = 34.0 + within(random, 5.0);
    let fold = 44.0 + within(random, 6.0);
    let pillow = flat(10.0, 26.0, 55.0);
    let pillow = (0..4).flat_map(|corner| {
        let (here, next) = (pillow[corner], pillow[(corner + 1) % 4]);
        [here, ((here.0 + next.0) / 2.0, (here.1 + next.1) / 2.0)]
    });
    let [near, far, far_end, end] = flat(fold, 81.0, 58.0);
    vec![
        upright(4.0, head),
        Part::board(Tone::Light, flat(4.0, 80.0, 59.0)),
        Part::board(Tone::Body, places(&[4, 59, 80, 59, 80, 75, 4, 75])),
        Part::blob(Tone::Light, pillow),
        Part::board(
            Tone::Body,
            [(fold, 69.0), near, far, far_end, end, (81.0, 69.0)],
        ),
        Part::line(Tone::Far, 1.5, [near, end]).spare(),
        upright(80.0, 48.0),
    ]
}

pub(super) fn clock(random: &mut ChaCha8Rng) -> Vec<Part> {
    let centre = (50.0, 50.0);
    let on_dial = |turns: f32, radius: f32| {
        let (right, down) = direction(turns);
        (50.0 + radius * right, 50.0 + radius * down)
    };
    let mut parts = Vec::new();
    // Sometimes it's an alarm clock, with feet and bells.
    if random.random_bool(0.4) {
        for turns in [0.17, 0.33] {
            let foot = [on_dial(turns, 36.0), on_dial(turns, 50.0)];
            parts.push(Part::line(Tone::Dark, 6.0, foot));
        }
        for turns in [-0.17, -0.33] {
            let bell = on_dial(turns, 44.0);
            parts.push(Part::oval(Tone::Accent, bell, (12.0, 9.0)));
        }
    }
    parts.push(Part::oval(Tone::Body, centre, (40.0, 40.0)));
    parts.push(Part::oval(Tone::Light, centre, (33.0, 33.0)));
    // Either every hour or every quarter has its tick.
    let ticks: u8 = if random.random_bool(0.5) { 12 } else { 4 };
    for tick in 0..ticks {
        let turns = f32::from(tick) / f32::from(ticks);
        let tick = [on_dial(turns, 26.0), on_dial(turns, 31.0)];
        parts.push(Part::line(Tone::Dark, 2.0, tick));
    }
    let minute = random.random_range(0.0..1.0_f32);
    let hour = minute + random.random_range(0.15..0.85_f32);
    parts.extend([
        Part::line(Tone::Dark, 2.5, [centre, on_dial(minute, 24.0)]),
        Part::line(Tone::Dark, 3.5, [centre, on_dial(hour, 15.0)]),
    ]);
    parts
}

pub(super) fn apple(random: &mut ChaCha8Rng) -> Vec<Part> {
    let lean = within(random, 6.0);
    let stem = places(&[50, 34, 50, 20, 52, 7]);
    let stem = stem.map(|(x, y)| (x + lean * (34.0 - y) / 27.0, y));
    let wide = 1.0 + within(random, 0.1);
    let widen = |(x, y): Position| (50.0 + wide * (x - 50.0), y);
    let fruit = [
        50, 30, 64, 23, 80, 29, 88, 48, 82, 72, 68, 90, 58, 92, 50, 89, 42, 92, 32, 90, 18, 72, 12,
        48, 20, 29, 36, 23,
    ];
    let gleam = places(&[23, 58, 22, 46, 28, 36]).map(widen);
    let mut parts = vec![
        Part::curve(Tone::Dark, 4.0, stem),
        Part::blob(Tone::Body, places(&fruit).map(widen)),
        Part::curve(Tone::Light, 3.0, gleam).spare(),
    ];
    if random.random_bool(0.75) {
        let droop = within(random, 5.0);
        let leaf = places(&[53, 19, 60, 9, 70, 5, 82, 8, 74, 17, 63, 20]);
        let leaf = leaf.map(|(x, y)| (x, y + droop * (x - 53.0) / 29.0));
        parts.push(Part::blob(Tone::Accent, leaf));
    }
    parts
}

pub(super) fn plane(random: &mut ChaCha8Rng) -> Vec<Part> {
    let sweep = within(random, 0.2);
    let span = 1.0 + within(random, 0.2);
    let fly = |(x, y): Position| {
        let out = span * (y - 50.0);
        (x + sweep * out.abs(), 50.0 + out)
    };
    let hull = [
        2, 45, 22, 42, 50, 40, 78, 41, 92, 46, 98, 53, 90, 58, 72, 60, 46, 60, 20, 55, 4, 49,
    ];
    let mut parts = vec![
        Part::board(
            Tone::Far,
            places(&[60, 45, 40, 18, 31, 18, 42, 45]).map(fly),
        ),
        Part::board(Tone::Accent, places(&[24, 44, 10, 20, 1, 20, 6, 48])),
        Part::blob(Tone::Body, places(&hull)),
        Part::board(Tone::Far, places(&[18, 49, 8, 62, 1, 62, 7, 48])),
        Part::board(
            Tone::Far,
            places(&[64, 54, 34, 84, 24, 84, 43, 54]).map(fly),
        ),
        Part::line(Tone::Dark, 1.5, places(&[84, 42, 83, 48, 94, 49])),
    ];
    for window in [34.0, 43.5, 53.0, 62.5, 72.0] {
        parts.push(Part::oval(Tone::Dark, (window, 47.5), (2.2, 2.2)).spare());
    }
    parts
}

pub(super) fn television(random: &mut ChaCha8Rng) -> Vec<Part> {
    let top = 28.0 + within(random, 4.0);
    let left = 4.0 + within(random, 3.0);
    let right = 100.0 - left;
    let mut parts = Vec::new();
    if random.random_bool(0.8) {
        let spread = random.random_range(14.0..26.0_f32);
        for side in [-1.0, 1.0] {
            let rod = [(50.0 + side * 3.0, top + 2.0), (50.0 + side * spread, 2.0)];
            parts.push(Part::line(Tone::Dark, 2.0, rod));
        }
    }
    if random.random_bool(0.6) {
        for leg in [[24, 82, 18, 96], [76, 82, 82, 96]] {
            parts.push(Part::line(Tone::Dark, 4.0, places(&leg)));
        }
    } else {
        parts.push(Part::board(
            Tone::Far,
            places(&[44, 80, 56, 80, 70, 95, 30, 95]),
        ));
    }
    let case = [(left, top), (right, top), (right, 84.0), (left, 84.0)];
    parts.push(Part::board(Tone::Body, case));
    // The screen leaves room for knobs, or not.
    let has_knobs = random.random_bool(0.65);
    let edge = right - if has_knobs { 22.0 } else { 7.0 };
    parts.push(screen((left + 7.0, top + 7.0), (edge, 77.0)));
    if has_knobs {
        for y in [top + 14.0, top + 29.0] {
            parts.push(Part::oval(Tone::Dark, (right - 11.0, y), (4.5, 4.5)));
        }
        for y in [68.0, 74.0] {
            let slit = [(right - 17.0, y), (right - 6.0, y)];
            parts.push(Part::line(Tone::Dark, 1.5, slit).spare());
        }
    }
    parts
}

/// A rectangle between two corners, with its own corners rounded.
fn screen((left, top): Position, (right, bottom): Position) -> Part {
    const CUT: f32 = 5.0;
    let (x, y) = ((left + right) / 2.0, (top + bottom) / 2.0);
    Part::blob(
        Tone::Light,
        [
            (left + CUT, top),
            (x, top),
            (right - CUT, top),
            (right, top + CUT),
            (right, y),
            (right, bottom - CUT),
            (right - CUT, bottom),
            (x, bottom),
            (left + CUT, bottom),
            (left, bottom - CUT),
            (left, y),
            (left, top + CUT),
        ],
    )
}
