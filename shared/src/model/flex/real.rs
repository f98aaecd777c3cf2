use std::ops::{Add, Div, Mul, Sub};

use burn::tensor::Element;

/// f32, and f64 for comparing with other programs.
pub trait Real:
    Element
    + bytemuck::Pod
    + PartialOrd
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
{
    /// 0.
    fn zero() -> Self;
    /// 1.
    fn one() -> Self;
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

macro_rules! real {
    ($($float:ty)*) => {$(
        impl Real for $float {
            fn zero() -> Self {
                0.0
            }

            fn one() -> Self {
                1.0
            }

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

real!(f32 f64);
