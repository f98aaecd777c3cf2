//! The tensors of the network, by their PyTorch names and shapes.

use super::Metadata;
use crate::architecture::{BLOCK_CHANNELS, LINEAR_LAYERS};

/// A tensor that a network of some width and number of classes has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Its name, such as `extractor.blocks.0.conv.weight`.
    pub name: String,
    /// Its shape, outputs first.
    pub shape: Vec<usize>,
}

/// Every tensor of the network that the metadata describes: five blocks of convolution and batch normalisation, then three
/// linear layers.
pub fn architecture(metadata: &Metadata) -> Vec<Expected> {
    let (width, classes) = (metadata.width, metadata.classes.len());
    let mut all = Vec::new();
    let mut expect = |name: String, shape: &[usize]| {
        all.push(Expected {
            name,
            shape: shape.to_vec(),
        });
    };
    let mut input = 1;
    for (index, factor) in BLOCK_CHANNELS.into_iter().enumerate() {
        let output = factor * width;
        let block = format!("extractor.blocks.{index}");
        expect(format!("{block}.conv.weight"), &[output, input, 3, 3]);
        expect(format!("{block}.conv.bias"), &[output]);
        for part in ["weight", "bias", "running_mean", "running_var"] {
            expect(format!("{block}.norm.{part}"), &[output]);
        }
        input = output;
    }
    for index in 0..LINEAR_LAYERS {
        let is_last = index + 1 == LINEAR_LAYERS;
        let output = if is_last { classes } else { input };
        let layer = format!("predictor.layers.{index}");
        expect(format!("{layer}.weight"), &[output, input]);
        expect(format!("{layer}.bias"), &[output]);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classes::ClassNames;

    #[test]
    fn the_course_s_net_has_its_number_of_weights() {
        let course = architecture(&Metadata::new(ClassNames::default(), 64));
        let values = |wanted: fn(&str) -> bool| -> usize {
            let chosen = course.iter().filter(|tensor| wanted(&tensor.name));
            chosen
                .map(|tensor| tensor.shape.iter().product::<usize>())
                .sum()
        };
        // As PyTorch counts its parameters, which running statistics are not.
        assert_eq!(values(|name| !name.contains("running")), 2_672_778);
    }
}
