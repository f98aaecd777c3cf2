use super::super::real::Real;

/// What statistics need besides.
pub trait Number: Real {
    /// The square root.
    fn sqrt(self) -> Self;
    /// Rounded.
    fn from_f64(value: f64) -> Self;
    /// Exactly.
    fn into_f64(self) -> f64;
    /// Rounded.
    fn from_usize(value: usize) -> Self {
        Self::from_f64(value as f64)
    }
}

macro_rules! number {
    ($($float:ty)*) => {$(
        impl Number for $float {
            fn sqrt(self) -> Self {
                self.sqrt()
            }

            fn from_f64(value: f64) -> Self {
                value as Self
            }

            fn into_f64(self) -> f64 {
                f64::from(self)
            }
        }
    )*};
}

number!(f32 f64);
