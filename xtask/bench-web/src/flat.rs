//! The weights for TensorFlow.js, whose layers the bench's page writes itself.

use crate::net::{Net, le_bytes, reordered};

/// Every layer's values and then its bias as f32: kernels `[3, 3, in, out]`, matrices `[in, out]`.
pub fn weights(net: &Net) -> Vec<u8> {
    let mut bytes = Vec::new();
    for layer in &net.convolutions {
        let (inputs, outputs) = (layer.inputs, layer.outputs);
        let kernel = reordered(layer, |output, input, pixel| {
            (pixel * inputs + input) * outputs + output
        });
        bytes.extend(le_bytes(&kernel));
        bytes.extend(le_bytes(&layer.bias));
    }
    for layer in &net.linear {
        let columns = (0..layer.inputs).flat_map(|input| {
            let column = layer.weight.iter().skip(input).step_by(layer.inputs);
            column.copied()
        });
        let matrix: Vec<f32> = columns.collect();
        bytes.extend(le_bytes(&matrix));
        bytes.extend(le_bytes(&layer.bias));
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::tests::net;

    #[test]
    fn matrices_are_transposed_and_nothing_is_lost() {
        let net = net();
        let bytes = weights(&net);
        let count: usize = net
            .convolutions
            .iter()
            .map(|layer| layer.kernel.len() + layer.bias.len())
            .chain(
                net.linear
                    .iter()
                    .map(|layer| layer.weight.len() + layer.bias.len()),
            )
            .sum();
        assert_eq!(bytes.len(), 4 * count);
        let last = &net.linear[2];
        let start = bytes.len() - 4 * (last.weight.len() + last.bias.len());
        let second = &bytes[start + 4..start + 8];
        assert_eq!(second, last.weight[last.inputs].to_le_bytes());
    }
}
