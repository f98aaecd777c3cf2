//! The lines of a skeleton, from end or junction to end or junction.

use std::collections::{BTreeMap, HashSet};

use datasets::skeleton::{Pixel, Skeleton};

/// Pixels along a line, those at both ends with it. A loop begins and ends with the same pixel; a dot is one pixel.
pub(super) type Path = Vec<Pixel>;

/// The lines that are left when those of up to `spur` pixels from a junction to a free end are gone: thinning grows them out of
/// every bump of a thick line.
pub(super) fn paths(mut skeleton: Skeleton, spur: usize) -> (Skeleton, Vec<Path>) {
    loop {
        let paths = all_paths(&skeleton);
        // One at a time from each junction, or a line that ends in a fork would lose its end.
        let mut spurs: BTreeMap<Pixel, Path> = BTreeMap::new();
        for path in &paths {
            let Some((junction, rest)) = spur_of(&skeleton, path) else {
                continue;
            };
            let is_shortest = spurs
                .get(&junction)
                .is_none_or(|other| rest.len() < other.len());
            if rest.len() <= spur && is_shortest {
                spurs.insert(junction, rest);
            }
        }
        if spurs.is_empty() {
            return (skeleton, paths);
        }
        for pixel in spurs.into_values().flatten() {
            skeleton.remove(pixel);
        }
    }
}

/// The junction that a path grows out of, and the path's other pixels; nothing unless it has one free end.
fn spur_of(skeleton: &Skeleton, path: &[Pixel]) -> Option<(Pixel, Path)> {
    let degree = |pixel: &Pixel| skeleton.next_to(*pixel).count();
    match path {
        [junction, rest @ .., end] if degree(junction) > 2 && degree(end) == 1 => {
            Some((*junction, rest.iter().copied().chain([*end]).collect()))
        }
        [end, rest @ .., junction] if degree(junction) > 2 && degree(end) == 1 => {
            Some((*junction, rest.iter().copied().chain([*end]).collect()))
        }
        _ => None,
    }
}

fn all_paths(skeleton: &Skeleton) -> Vec<Path> {
    let degree = |pixel: Pixel| skeleton.next_to(pixel).count();
    let mut paths = Vec::new();
    let mut walked: HashSet<(Pixel, Pixel)> = HashSet::new();
    let mut seen: HashSet<Pixel> = HashSet::new();
    // Lines with an end or a junction first; what is left then are loops.
    let (lines, loops): (Vec<Pixel>, Vec<Pixel>) =
        skeleton.pixels().partition(|&pixel| degree(pixel) != 2);
    for start in lines.into_iter().chain(loops) {
        if degree(start) == 0 {
            paths.push(vec![start]);
        }
        for next in skeleton.next_to(start) {
            if seen.contains(&start) || walked.contains(&(start, next)) {
                continue;
            }
            let path = walk(skeleton, start, next);
            if let [.., before, end] = path[..] {
                walked.insert((end, before));
            }
            seen.extend(path.iter().filter(|&&pixel| degree(pixel) == 2));
            paths.push(path);
        }
    }
    paths
}

/// Follows a line from `start` over `next` to the next end or junction, or once round.
fn walk(skeleton: &Skeleton, start: Pixel, next: Pixel) -> Path {
    let mut path = vec![start, next];
    let (mut before, mut here) = (start, next);
    while here != start {
        let mut neighbours = skeleton.next_to(here);
        let (Some(one), Some(other), None) =
            (neighbours.next(), neighbours.next(), neighbours.next())
        else {
            break;
        };
        let on = if one == before { other } else { one };
        (before, here) = (here, on);
        path.push(on);
    }
    path
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, Luma};

    use super::*;

    /// The lengths of a picture's paths in pixels; `#` is set.
    fn lengths(rows: &[&str], spur: usize) -> Vec<usize> {
        let picture = GrayImage::from_fn(rows[0].len() as u32, rows.len() as u32, |x, y| {
            Luma([u8::from(rows[y as usize].as_bytes()[x as usize] == b'#') * 255])
        });
        let (_, paths) = paths(Skeleton::of(&picture, 128), spur);
        let mut lengths: Vec<usize> = paths.iter().map(Vec::len).collect();
        lengths.sort_unstable();
        lengths
    }

    #[test]
    fn a_line_a_loop_and_a_dot() {
        assert_eq!(lengths(&["......", ".####.", "......"], 0), [4]);
        assert_eq!(
            lengths(&[".##..", "#..#.", "#..#.", ".##.."], 0),
            [9],
            "a loop ends where it began"
        );
        assert_eq!(lengths(&["...", ".#.", "..."], 9), [1]);
        assert!(lengths(&["..", ".."], 9).is_empty());
    }

    #[test]
    fn a_cross_is_four_lines() {
        let cross = [
            "...#...", "...#...", "...#...", "#######", "...#...", "...#...", "...#...",
        ];
        assert_eq!(lengths(&cross, 0), [4, 4, 4, 4]);
    }

    #[test]
    fn short_spurs_go_and_the_line_is_whole() {
        let spur = ["....#....", "....#....", "#########"];
        assert_eq!(lengths(&spur, 0), [3, 5, 5]);
        assert_eq!(lengths(&spur, 1), [3, 5, 5]);
        assert_eq!(lengths(&spur, 2), [9]);
    }

    #[test]
    fn a_fork_loses_one_tine_alone() {
        let fork = ["#.....", ".#....", "..####", ".#....", "#....."];
        assert_eq!(lengths(&fork, 2), [6]);
    }
}
