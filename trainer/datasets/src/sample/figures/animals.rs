//! Horse, dog, cat, dolphin and spider.

use rand::RngExt;
use rand::rngs::ChaCha8Rng;

use crate::sample::part::{Part, Tone};
use crate::sample::position::{Position, between, direction, places, within};

pub(super) fn horse(random: &mut ChaCha8Rng) -> Vec<Part> {
    let stride = random.random_range(0.0..9.0_f32);
    let swing = within(random, 5.0);
    let tail = [21, 42, 10, 46, 5, 62, 7, 80, 13, 66, 19, 52];
    let tail = places(&tail).map(|(x, y)| (x + swing * (y - 42.0) / 30.0, y));
    let nod = nod(random, 60.0);
    let trunk = [
        18, 43, 30, 39, 46, 42, 58, 38, 67, 24, 75, 12, 83, 15, 95, 28, 94, 34, 87, 34, 79, 30, 75,
        42, 73, 56, 60, 63, 42, 62, 28, 60, 18, 58,
    ];
    let mane = [76, 10, 66, 19, 56, 38, 62, 38, 70, 25, 77, 16];
    vec![
        Part::blob(Tone::Dark, tail),
        leg(Tone::Far, (29.0, 56.0), (36.0 + stride, 93.0), 6.0).spare(),
        leg(Tone::Far, (62.0, 58.0), (56.0 + stride, 93.0), 6.0).spare(),
        leg(Tone::Body, (23.0, 54.0), (20.0 - stride / 2.0, 95.0), 7.0),
        leg(Tone::Body, (68.0, 57.0), (69.0 - stride / 2.0, 95.0), 6.5),
        Part::board(Tone::Body, places(&[74, 14, 76, 3, 81, 14]).map(&nod)),
        Part::blob(Tone::Body, places(&trunk).map(&nod)),
        Part::blob(Tone::Dark, places(&mane).map(&nod)),
        eye(nod((83.0, 20.0)), 1.8),
        Part::line(Tone::Dark, 1.2, places(&[95, 31, 90, 31]).map(&nod)).spare(),
    ]
}

pub(super) fn dog(random: &mut ChaCha8Rng) -> Vec<Part> {
    let stride = random.random_range(0.0..6.0_f32);
    let wag = within(random, 5.0);
    let tail = places(&[22, 50, 10, 41, 3, 24, 8, 22, 15, 35, 26, 46]);
    let tail = tail.map(|(x, y)| (x + wag * (50.0 - y) / 25.0, y));
    let nod = nod(random, 52.0);
    let trunk = [
        16, 50, 26, 45, 44, 47, 56, 45, 61, 34, 65, 22, 75, 17, 84, 22, 88, 29, 98, 31, 99, 39, 90,
        43, 79, 44, 75, 55, 68, 67, 44, 68, 22, 69, 15, 62,
    ];
    let ear = [68, 20, 60, 30, 60, 44, 66, 48, 71, 38, 74, 24];
    let mouth = [97, 38, 91, 39, 86, 36];
    vec![
        Part::blob(Tone::Body, tail),
        leg(Tone::Far, (28.0, 64.0), (36.0 + stride, 87.0), 8.0).spare(),
        leg(Tone::Far, (58.0, 64.0), (55.0 + stride, 87.0), 7.5).spare(),
        leg(Tone::Body, (22.0, 62.0), (20.0 - stride / 2.0, 90.0), 8.5),
        leg(Tone::Body, (66.0, 62.0), (66.0 - stride / 2.0, 90.0), 7.5),
        Part::blob(Tone::Body, places(&trunk).map(&nod)),
        Part::blob(Tone::Accent, places(&ear).map(&nod)),
        Part::oval(Tone::Dark, nod((98.0, 31.0)), (3.5, 3.0)),
        eye(nod((82.0, 27.0)), 2.0),
        Part::curve(Tone::Dark, 1.2, places(&mouth).map(&nod)).spare(),
        Part::line(Tone::Accent, 3.0, places(&[61, 44, 76, 49])).spare(),
    ]
}

pub(super) fn cat(random: &mut ChaCha8Rng) -> Vec<Part> {
    let mut parts = Vec::new();
    // Sometimes it shows only its face.
    if random.random_bool(0.6) {
        let curl = within(random, 6.0);
        let tail = places(&[66, 92, 84, 90, 91, 76, 84, 62, 90, 52]);
        let tail = tail.map(|(x, y)| (x + curl * (92.0 - y) / 40.0, y));
        let trunk = [
            50, 44, 36, 54, 28, 76, 27, 94, 50, 97, 73, 94, 72, 76, 64, 54,
        ];
        parts.extend([
            Part::curve(Tone::Body, 6.0, tail),
            Part::blob(Tone::Body, places(&trunk)),
            Part::line(Tone::Dark, 1.2, places(&[44, 74, 44, 95])).spare(),
            Part::line(Tone::Dark, 1.2, places(&[56, 74, 56, 95])).spare(),
        ]);
    }
    let tilt = within(random, 3.0);
    // Sides are -1 and 1; numbers are from the middle of the face.
    let on = |side: f32| move |(x, y): Position| (50.0 + tilt + side * x, 33.0 + y);
    for face in [on(-1.0), on(1.0)] {
        let inner = places(&[20, -14, 19, -25, 11, -18]).map(face);
        parts.extend([
            Part::board(Tone::Body, places(&[25, -6, 23, -32, 5, -19]).map(face)),
            Part::board(Tone::Accent, inner).spare(),
        ]);
    }
    let head = [
        0, -21, 18, -17, 26, 0, 18, 16, 0, 21, -18, 16, -26, 0, -18, -17,
    ];
    parts.push(Part::blob(Tone::Body, places(&head).map(on(1.0))));
    for face in [on(-1.0), on(1.0)] {
        let mouth = places(&[0, 8, 3, 13, 9, 12]).map(face);
        parts.extend([
            Part::oval(Tone::Light, face((10.0, -4.0)), (4.5, 3.5)),
            eye(face((10.0, -4.0)), 1.8).spare(),
            Part::line(Tone::Dark, 0.9, places(&[8, 6, 34, 2]).map(face)),
            Part::line(Tone::Dark, 0.9, places(&[8, 8, 34, 10]).map(face)),
            Part::curve(Tone::Dark, 1.2, mouth).spare(),
        ]);
    }
    let nose = places(&[-4, 3, 4, 3, 0, 8]).map(on(1.0));
    parts.push(Part::board(Tone::Accent, nose));
    parts
}

pub(super) fn dolphin(random: &mut ChaCha8Rng) -> Vec<Part> {
    let droop = random.random_range(-4.0..12.0_f32);
    let hang = |(x, y): Position| (x, y + droop * ((40.0 - x) / 25.0).clamp(0.0, 1.0));
    let lean = within(random, 4.0);
    let flukes = [13, 60, 5, 53, -6, 54, 0, 61, 2, 68, 1, 78, 11, 74, 17, 65];
    let fin = places(&[58, 30, 51, 16, 38, 8, 42, 20, 42, 31]);
    let fin = fin.map(|(x, y)| (x + lean * (31.0 - y) / 23.0, y));
    let trunk = [
        101, 52, 93, 48, 88, 41, 78, 32, 62, 26, 44, 27, 28, 37, 13, 59, 16, 65, 32, 52, 50, 50,
        68, 54, 84, 57, 98, 57,
    ];
    let belly = [36, 50, 54, 45, 74, 48, 88, 55, 68, 53, 50, 49];
    let flipper = [70, 48, 64, 64, 54, 70, 57, 58, 60, 47];
    vec![
        Part::blob(Tone::Body, places(&flukes).map(hang)),
        Part::blob(Tone::Body, fin),
        Part::blob(Tone::Body, places(&trunk).map(hang)),
        Part::blob(Tone::Light, places(&belly).map(hang)).spare(),
        Part::blob(Tone::Far, places(&flipper)),
        eye((82.0, 43.0), 1.8),
        Part::curve(Tone::Dark, 1.2, places(&[99, 54, 90, 52, 83, 49])).spare(),
    ]
}

pub(super) fn spider(random: &mut ChaCha8Rng) -> Vec<Part> {
    let mut parts = Vec::new();
    // Sometimes it hangs from its thread.
    if random.random_bool(0.25) {
        parts.push(Part::line(Tone::Light, 1.0, places(&[50, 0, 50, 32])));
    }
    // Legs fan out from the head, the first pair forwards and the last one backwards.
    for (row, lift) in [(0.0, 14.0), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0_f32)] {
        for side in [-1.0, 1.0] {
            let (right, down) = direction((row - 1.5) * 0.095 + within(random, 0.012));
            let hip = (50.0 + side * 6.0, 40.0 + row * 3.0);
            let reach = random.random_range(22.0..28.0_f32);
            let knee = (hip.0 + side * reach * right, hip.1 + reach * down - 9.0);
            let out = random.random_range(10.0..18.0_f32);
            let foot = (
                knee.0 + side * out,
                knee.1 + 16.0 + 12.0 * down.abs() - lift,
            );
            parts.push(Part::line(Tone::Body, 3.0, [hip, knee, foot]));
        }
    }
    let fat = within(random, 3.0);
    parts.push(Part::oval(Tone::Body, (50.0, 66.0), (16.0 + fat, 19.0)));
    parts.push(Part::oval(Tone::Far, (50.0, 40.0), (11.0, 10.0)));
    if random.random_bool(0.4) {
        for cross in [[44, 58, 56, 72], [56, 58, 44, 72]] {
            parts.push(Part::line(Tone::Light, 2.0, places(&cross)).spare());
        }
    }
    for x in [46.0, 54.0] {
        parts.push(Part::oval(Tone::Light, (x, 36.0), (2.2, 2.2)).spare());
    }
    parts
}

/// Moves a head up or down; the neck begins at `neck` and the head 15 further right.
fn nod(random: &mut ChaCha8Rng, neck: f32) -> impl Fn(Position) -> Position + use<> {
    let most = within(random, 5.0);
    move |(x, y)| {
        // Legs and belly stay.
        let share = ((x - neck) / 15.0).clamp(0.0, 1.0) * ((60.0 - y) / 15.0).clamp(0.0, 1.0);
        (x, y + most * share)
    }
}

fn eye(at: Position, radius: f32) -> Part {
    Part::oval(Tone::Dark, at, (radius, radius))
}

/// A leg with a foot, from inside the body to the ground.
fn leg(tone: Tone, hip: Position, foot: Position, width: f32) -> Part {
    let knee = between(hip, foot, 0.55);
    let half = width / 2.0;
    Part::board(
        tone,
        [
            (hip.0 - 1.3 * half, hip.1),
            (knee.0 - half, knee.1),
            (foot.0 - half, foot.1),
            (foot.0 + 1.4 * half, foot.1),
            (foot.0 + half, foot.1 - width),
            (knee.0 + half, knee.1),
            (hip.0 + 1.3 * half, hip.1),
        ],
    )
}
