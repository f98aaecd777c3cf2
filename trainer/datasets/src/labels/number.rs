//! Whole numbers as spreadsheets and data frames write them.

/// Every whole number up to this is exact as a floating-point number of 64 bits.
const EXACT: u64 = 1 << 53;

/// Digits that a spreadsheet keeps of a number.
const KEPT: usize = 15;

/// What a cell holds, where a whole number may stand.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Number {
    /// `12`, `00012`, `12.0`, `12,0` or `1.2000e+01`.
    Whole(u64),
    /// Something else.
    Other,
    /// A number that was rounded, or may have been, or is too large: what is wrong, and what to do.
    Unsure(&'static str),
}

const ROUNDED: &str = "may have been rounded by a spreadsheet or a data frame; keep that column as text, and write it again";

/// Reads a trimmed cell.
pub(super) fn number(cell: &str) -> Number {
    let (mantissa, exponent) = match cell.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (cell, None),
    };
    let (whole, decimals) = match mantissa.split_once(['.', ',']) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (mantissa, None),
    };
    if !is_digits(whole) || decimals.is_some_and(|decimals| !is_digits(decimals)) {
        return Number::Other;
    }
    let decimals = decimals.unwrap_or_default();
    match exponent {
        Some(exponent) => scientific(whole, decimals, exponent),
        None if decimals.is_empty() => whole.parse().map_or(
            Number::Unsure("is too large; ids go up to 18446744073709551615"),
            Number::Whole,
        ),
        // `3,000` is three thousand where thousands are set off by commas.
        None if mantissa.contains(',') && decimals.len() > 2 => Number::Other,
        None if is_zeros(decimals) => exact(whole),
        None => Number::Other,
    }
}

/// Only where no digit can be missing.
fn scientific(whole: &str, decimals: &str, exponent: &str) -> Number {
    let unsigned = exponent.strip_prefix('+').unwrap_or(exponent);
    let sure = || {
        let exponent: usize = unsigned.parse().ok()?;
        if exponent >= KEPT || exponent > decimals.len() {
            return None;
        }
        let (moved, rest) = decimals.split_at(exponent);
        is_zeros(rest).then(|| exact(&format!("{whole}{moved}")))
    };
    let digits = exponent.trim_start_matches(['+', '-']);
    if is_digits(digits) {
        sure().unwrap_or(Number::Unsure(ROUNDED))
    } else {
        Number::Other
    }
}

fn exact(digits: &str) -> Number {
    match digits.parse() {
        Ok(number) if number <= EXACT => Number::Whole(number),
        _ => Number::Unsure(ROUNDED),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_zeros(text: &str) -> bool {
    text.bytes().all(|byte| byte == b'0')
}

/// Whether `id` is what a spreadsheet makes of the longer number `exact`.
pub(super) fn is_rounded(id: u64, exact: u64) -> bool {
    let digits = exact.to_string().len();
    let dropped = digits.saturating_sub(KEPT) as u32;
    dropped > 0 && id.is_multiple_of(10) && id.abs_diff(exact) < 10_u64.pow(dropped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_read_as_programs_write_them() {
        for (cell, expected) in [
            ("12", 12),
            ("00012", 12),
            ("12.0", 12),
            ("12.000000", 12),
            ("12,0", 12),
            ("9000003627287624", 9_000_003_627_287_624),
            ("9000003627287624.0", 9_000_003_627_287_624),
            ("18446744073709551615", u64::MAX),
            // As numpy.savetxt writes.
            ("1.200000000000000000e+01", 12),
            ("0.000000000000000000e+00", 0),
        ] {
            assert_eq!(number(cell), Number::Whole(expected), "{cell}");
        }
    }

    #[test]
    fn what_is_no_whole_number_is_something_else() {
        for cell in [
            "", "cat", "-1", "+1", "1.5", "3,000", "1 000", ".0", "12.", "e", "1e", "1ex", "dee",
            "12.bmp", "٣",
        ] {
            assert_eq!(number(cell), Number::Other, "{cell}");
        }
    }

    #[test]
    fn numbers_that_may_have_lost_digits_are_uncertain() {
        for cell in [
            "9.00000362728762E+15",
            "9.000003627287624E+15",
            "1E+05",
            "1.23457E+11",
            "1e-3",
            "1e99999999999999999999",
            "18446744073709551616",
            "9007199254740994.0",
        ] {
            assert!(matches!(number(cell), Number::Unsure(_)), "{cell}");
        }
    }

    #[test]
    fn a_spreadsheet_keeps_fifteen_digits() {
        assert!(is_rounded(9_000_003_627_287_620, 9_000_003_627_287_624));
        assert!(!is_rounded(9_000_003_627_287_610, 9_000_003_627_287_624));
        assert!(!is_rounded(120, 123));
    }
}
