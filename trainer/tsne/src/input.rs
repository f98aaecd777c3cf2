use super::TsneError;

/// The number of rows, if they can be embedded.
pub(super) fn check_rows(rows: &[f32], width: usize) -> Result<usize, TsneError> {
    let values = rows.len();
    if width == 0 || !values.is_multiple_of(width) {
        return Err(TsneError::Shape { values, width });
    }
    let number = values / width;
    if number < 2 || u32::try_from(number).is_err() {
        return Err(TsneError::Rows { rows: number });
    }
    match rows.iter().position(|value| !value.is_finite()) {
        None => Ok(number),
        Some(place) => Err(TsneError::NotFinite {
            row: place / width,
            column: place % width,
            value: rows[place],
        }),
    }
}

/// Whether they are as many as the rows, and finite.
pub(super) fn check_initial(initial: &[[f32; 2]], rows: usize) -> Result<(), TsneError> {
    let positions = initial.len();
    if positions != rows {
        return Err(TsneError::Positions { positions, rows });
    }
    let is_finite = |position: &[f32; 2]| position.iter().all(|value| value.is_finite());
    match initial.iter().position(|position| !is_finite(position)) {
        None => Ok(()),
        Some(row) => Err(TsneError::Position { row }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_cannot_be_mapped_are_named() {
        assert_eq!(check_rows(&[1.0; 6], 3), Ok(2));
        for (rows, width, expected) in [
            (&[][..], 3, "there are 0 rows; give 2 to 4294967295"),
            (&[1.0; 3], 3, "there are 1 rows; give 2 to 4294967295"),
            (
                &[1.0; 5],
                3,
                "5 values do not make rows of 3; give whole rows, of at least one value",
            ),
            (
                &[1.0; 5],
                0,
                "5 values do not make rows of 0; give whole rows, of at least one value",
            ),
            (
                &[1.0, 2.0, 3.0, f32::NAN],
                2,
                "row 1 has NaN in column 1; give finite values or leave that row out",
            ),
            (
                &[1.0, f32::INFINITY, 3.0, 4.0],
                2,
                "row 0 has inf in column 1; give finite values or leave that row out",
            ),
        ] {
            assert_eq!(check_rows(rows, width).unwrap_err().to_string(), expected);
        }
    }

    #[test]
    fn initial_positions_are_one_a_row_and_finite() {
        assert_eq!(check_initial(&[[0.0; 2]; 3], 3), Ok(()));
        let positions = TsneError::Positions {
            positions: 3,
            rows: 4,
        };
        assert_eq!(check_initial(&[[0.0; 2]; 3], 4), Err(positions));
        let position = TsneError::Position { row: 1 };
        assert_eq!(
            check_initial(&[[0.0; 2], [0.0, f32::NAN]], 2),
            Err(position)
        );
    }
}
