//! The class that leads.

use shared::classes::ClassId;

/// The class with the largest probability, of equals the first; none of no classes.
pub fn leader(probabilities: &[f32]) -> Option<ClassId> {
    let classes = (0..=u8::MAX).map(ClassId).zip(probabilities);
    classes
        .min_by(|one, other| other.1.total_cmp(one.1))
        .map(|(class, _)| class)
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn of_equals_the_first_leads() {
        assert_eq!(leader(&[0.1, 0.4, 0.4, 0.1]), Some(ClassId(1)));
        assert_eq!(leader(&[]), None);
    }
}
