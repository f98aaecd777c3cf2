//! The order in which people expect names: numbers in them count as numbers.

use std::cmp::Ordering;

/// Compares names piece by piece: digits as numbers, everything else letter by letter; `2.png` is before `10.png`. Only equal
/// names are equal.
pub(super) fn natural_order(one: &str, other: &str) -> Ordering {
    let by_pieces = pieces(one).cmp(pieces(other));
    by_pieces.then_with(|| one.cmp(other))
}

/// Whether a run is of other characters than digits, its length as a number, and the run: numbers come first, and are without the
/// zeros before them.
fn pieces(name: &str) -> impl Iterator<Item = (bool, usize, &str)> {
    let is_digit = |letter: &u8| letter.is_ascii_digit();
    let runs = name
        .as_bytes()
        .chunk_by(move |one, other| is_digit(one) == is_digit(other));
    let mut from = 0;
    runs.map(move |run| {
        // Digits are single bytes, so that a run ends where a character does.
        let piece = &name[from..from + run.len()];
        from += run.len();
        if run[0].is_ascii_digit() {
            let digits = piece.trim_start_matches('0');
            (false, digits.len(), digits)
        } else {
            (true, 0, piece)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_count_as_numbers() {
        let ordered = [
            "",
            "0.png",
            "1.png",
            "2.png",
            "10.png",
            "a",
            "a1b2",
            "a1b10",
            "a02",
            "a2",
            "a99999999999999999999999",
            "é1",
            "é12",
        ];
        for (place, one) in ordered.iter().enumerate() {
            for (other_place, other) in ordered.iter().enumerate() {
                assert_eq!(
                    natural_order(one, other),
                    place.cmp(&other_place),
                    "{one} {other}"
                );
            }
        }
    }
}
