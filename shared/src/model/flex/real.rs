use std::ops::{Add, Div, Mul, Sub};

use burn::tensor::Element;

use crate::matrix::Scalar;

/// f32, and f64 for comparing with other programs.
pub trait Real:
    Element
    + Scalar
    + bytemuck::Pod
    + PartialOrd
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
{
}

impl Real for f32 {}
impl Real for f64 {}
