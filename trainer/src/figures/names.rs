//! Where the classes' names stand in an embedding.

use shared::classes::ClassId;

use super::text::width;

/// A font's size as a share of a panel's side. Names that do not overlap at this size do not at a smaller one.
pub const EM: f32 = 0.042;
/// A line's height as a share of the font's size.
const LINE: f32 = 1.25;
/// Points this near to the median of their class, as a share of a panel's side, are together with it.
const NEAR: f32 = 0.2;
/// A name moves by whole lines, up or down, until it covers none: by so many at most.
const LINES: i32 = 3;

/// Half the width and height of a name, and its middle.
struct Place {
    half: [f32; 2],
    middle: [f32; 2],
}

impl Place {
    fn covers(&self, other: &Self) -> bool {
        (0..2).all(|axis| {
            let apart = (self.middle[axis] - other.middle[axis]).abs();
            apart < self.half[axis] + other.half[axis]
        })
    }
}

/// The middle of each class's name, both coordinates 0 to 1: at the median of its photos, or a few lines above or below where
/// that is taken. None where the photos are scattered, or there is no room.
pub fn name_places(
    names: &[String],
    labels: &[ClassId],
    positions: &[[f32; 2]],
) -> Vec<Option<[f32; 2]>> {
    let mut middles: Vec<(usize, usize, [f32; 2])> = Vec::new();
    for class in 0..names.len() {
        let own = labels.iter().zip(positions);
        let own: Vec<[f32; 2]> = own
            .filter(|(label, _)| usize::from(label.0) == class)
            .map(|(_, position)| *position)
            .collect();
        if let Some(middle) = middle(&own) {
            middles.push((class, own.len(), middle));
        }
    }
    // The classes with most photos are named first.
    middles.sort_by_key(|(_, count, _)| std::cmp::Reverse(*count));
    let mut taken: Vec<Place> = Vec::new();
    let mut places = vec![None; names.len()];
    for (class, _, middle) in middles {
        let half = [width(&names[class], EM) / 2.0, EM * LINE / 2.0];
        let lines = (0..=LINES).flat_map(|line| [line, -line]);
        let mut candidates = lines.map(|line| {
            let moved = [middle[0], middle[1] + line as f32 * EM * LINE];
            let inside =
                |axis: usize| moved[axis].clamp(half[axis].min(0.5), 1.0 - half[axis].min(0.5));
            Place {
                half,
                middle: [inside(0), inside(1)],
            }
        });
        let free = candidates.find(|place| !taken.iter().any(|other| place.covers(other)));
        if let Some(place) = free {
            places[class] = Some(place.middle);
            taken.push(place);
        }
    }
    places
}

/// The median of points, where at least half of them are near it.
fn middle(points: &[[f32; 2]]) -> Option<[f32; 2]> {
    let median = |axis: usize| {
        let mut values: Vec<f32> = points.iter().map(|point| point[axis]).collect();
        values.sort_by(f32::total_cmp);
        values.get(values.len() / 2).copied()
    };
    let (x, y) = (median(0)?, median(1)?);
    let near = points
        .iter()
        .filter(|point| (point[0] - x).hypot(point[1] - y) < NEAR);
    (2 * near.count() >= points.len()).then_some([x, y])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(count: usize) -> Vec<String> {
        (0..count).map(|class| format!("class {class}")).collect()
    }

    #[test]
    fn a_name_stands_at_the_median_and_scattered_classes_have_none() {
        let labels = [0, 0, 0, 1, 1, 1, 1].map(ClassId);
        let positions = [
            [0.5, 0.5],
            [0.52, 0.5],
            [0.9, 0.1],
            [0.0, 0.0],
            [1.0, 0.0],
            [0.0, 1.0],
            [1.0, 1.0],
        ];
        let places = name_places(&names(3), &labels, &positions);
        assert_eq!(places, [Some([0.52, 0.5]), None, None]);
    }

    #[test]
    fn names_do_not_cover_each_other_however_many_there_are() {
        for count in [2, 10, 200] {
            let names = names(count);
            let labels: Vec<ClassId> = (0..count).map(|class| ClassId(class as u8)).collect();
            // All classes in a few places, some at the border.
            let positions: Vec<[f32; 2]> = (0..count)
                .map(|class| [(class % 3) as f32 / 2.0, (class % 4) as f32 / 3.0])
                .collect();
            let places = name_places(&names, &labels, &positions);
            let shown: Vec<(usize, [f32; 2])> = places
                .iter()
                .enumerate()
                .filter_map(|(class, place)| Some((class, (*place)?)))
                .collect();
            assert!(shown.len() >= count.min(10), "{count}: {}", shown.len());
            for (number, (class, at)) in shown.iter().enumerate() {
                let half = width(&names[*class], EM) / 2.0;
                assert!(at[0] - half >= -1e-6 && at[0] + half <= 1.0 + 1e-6);
                for (other, there) in &shown[..number] {
                    let apart = (half + width(&names[*other], EM) / 2.0, EM);
                    let (x, y) = ((at[0] - there[0]).abs(), (at[1] - there[1]).abs());
                    assert!(
                        x + 1e-6 >= apart.0 || y >= apart.1,
                        "{class} covers {other}"
                    );
                }
            }
        }
    }
}
