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
        }
    )*};
}

real!(f32 f64);
