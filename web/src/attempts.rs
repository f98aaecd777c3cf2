//! Attempts of which only the newest counts: a slow answer to an older one must not replace what was asked for since.

use leptos::prelude::*;

/// Counts attempts; copies are the same.
#[derive(Clone, Copy)]
pub struct Attempts(StoredValue<u32>);

impl Attempts {
    /// None yet, belonging to the current reactive owner.
    pub fn new() -> Self {
        Self(StoredValue::new(0))
    }

    /// Begins an attempt, and returns its number.
    pub fn begin(self) -> u32 {
        // Once the owner is gone no attempt is the newest.
        let _ = self.0.try_update_value(|newest| *newest += 1);
        self.0.try_get_value().unwrap_or_default()
    }

    /// Whether no other attempt has begun since, and the owner is still there.
    pub fn is_newest(self, attempt: u32) -> bool {
        self.0.try_get_value() == Some(attempt)
    }
}

impl Default for Attempts {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn an_older_attempt_does_not_count() {
        let owner = Owner::new();
        let attempts = owner.with(Attempts::new);
        let older = attempts.begin();
        assert!(attempts.is_newest(older));
        let newer = attempts.begin();
        assert!(attempts.is_newest(newer) && !attempts.is_newest(older));
        owner.cleanup();
        assert!(!attempts.is_newest(newer));
    }
}
