//! The network as ONNX: a protocol buffer of the few messages that it takes.
//!
//! Field numbers are those of `onnx.proto`, IR version 8, operator set 17.

use crate::net::{Net, le_bytes};

const FLOAT: u64 = 1;

/// Input `picture` `[1, 1, 32, 32]`, output `logits` `[1, classes]`.
pub fn model(net: &Net) -> Vec<u8> {
    let mut graph = Message::default();
    let mut value = "picture".to_owned();
    let mut node = |kind: &str, inputs: &[&str], output: &str, attributes: &[Message]| {
        let mut node = Message::default();
        for input in inputs {
            node.text(1, input);
        }
        node.text(2, output).text(4, kind);
        for attribute in attributes {
            node.message(5, attribute);
        }
        graph.message(1, &node);
        output.to_owned()
    };
    for index in 0..net.convolutions.len() {
        let (kernel, bias) = (format!("kernel{index}"), format!("bias{index}"));
        let attributes = [ints("kernel_shape", &[3, 3]), ints("pads", &[1, 1, 1, 1])];
        let inputs = [value.as_str(), &kernel, &bias];
        value = node("Conv", &inputs, &format!("conv{index}"), &attributes);
        value = node("Relu", &[&value], &format!("relu{index}"), &[]);
        let attributes = [ints("kernel_shape", &[2, 2]), ints("strides", &[2, 2])];
        value = node("MaxPool", &[&value], &format!("pool{index}"), &attributes);
    }
    value = node("Flatten", &[&value], "features", &[]);
    for index in 0..net.linear.len() {
        let last = index + 1 == net.linear.len();
        let output = if last {
            "logits".to_owned()
        } else {
            format!("linear{index}")
        };
        let (weight, bias) = (format!("weight{index}"), format!("offset{index}"));
        value = node(
            "Gemm",
            &[&value, &weight, &bias],
            &output,
            &[int("transB", 1)],
        );
        if !last {
            value = node("Relu", &[&value], &format!("active{index}"), &[]);
        }
    }
    graph.text(2, "edgewise");
    for (index, layer) in net.convolutions.iter().enumerate() {
        let shape = [layer.outputs, layer.inputs, 3, 3];
        graph.message(5, &tensor(&format!("kernel{index}"), &shape, &layer.kernel));
        graph.message(
            5,
            &tensor(&format!("bias{index}"), &[layer.outputs], &layer.bias),
        );
    }
    for (index, layer) in net.linear.iter().enumerate() {
        let shape = [layer.outputs, layer.inputs];
        graph.message(5, &tensor(&format!("weight{index}"), &shape, &layer.weight));
        graph.message(
            5,
            &tensor(&format!("offset{index}"), &[layer.outputs], &layer.bias),
        );
    }
    let classes = net.linear.last().map_or(0, |layer| layer.outputs);
    graph.message(11, &described("picture", &[1, 1, 32, 32]));
    graph.message(12, &described("logits", &[1, classes]));

    let mut operators = Message::default();
    operators.text(1, "").number(2, 17);
    let mut model = Message::default();
    model.number(1, 8).text(2, "Edgewise");
    model.message(7, &graph).message(8, &operators);
    model.0
}

fn int(name: &str, value: u64) -> Message {
    let mut attribute = Message::default();
    attribute.text(1, name).number(3, value).number(20, 2);
    attribute
}

fn ints(name: &str, values: &[u64]) -> Message {
    let mut attribute = Message::default();
    attribute.text(1, name);
    for value in values {
        attribute.number(8, *value);
    }
    attribute.number(20, 7);
    attribute
}

fn tensor(name: &str, shape: &[usize], values: &[f32]) -> Message {
    let mut tensor = Message::default();
    for size in shape {
        tensor.number(1, *size as u64);
    }
    tensor.number(2, FLOAT).text(8, name);
    tensor.bytes(9, &le_bytes(values));
    tensor
}

/// A `ValueInfoProto` of f32.
fn described(name: &str, shape: &[usize]) -> Message {
    let mut sizes = Message::default();
    for size in shape {
        let mut dimension = Message::default();
        dimension.number(1, *size as u64);
        sizes.message(1, &dimension);
    }
    let mut tensor = Message::default();
    tensor.number(1, FLOAT).message(2, &sizes);
    let mut kind = Message::default();
    kind.message(1, &tensor);
    let mut value = Message::default();
    value.text(1, name).message(2, &kind);
    value
}

/// A protocol buffer's message under construction: numbers as varints, everything else with its length before it.
#[derive(Default)]
struct Message(Vec<u8>);

impl Message {
    fn number(&mut self, field: u64, value: u64) -> &mut Self {
        self.varint(field << 3);
        self.varint(value);
        self
    }

    fn bytes(&mut self, field: u64, bytes: &[u8]) -> &mut Self {
        self.varint(field << 3 | 2);
        self.varint(bytes.len() as u64);
        self.0.extend(bytes);
        self
    }

    fn text(&mut self, field: u64, text: &str) -> &mut Self {
        self.bytes(field, text.as_bytes())
    }

    fn message(&mut self, field: u64, message: &Self) -> &mut Self {
        self.bytes(field, &message.0)
    }

    fn varint(&mut self, mut value: u64) {
        while value > 0x7f {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_what_the_standard_s_example_is() {
        let mut inner = Message::default();
        inner.number(1, 150);
        assert_eq!(inner.0, [0x08, 0x96, 0x01]);
        let mut text = Message::default();
        text.text(2, "testing");
        assert_eq!(text.0, b"\x12\x07testing");
        let mut outer = Message::default();
        outer.message(3, &inner);
        assert_eq!(outer.0, [0x1a, 0x03, 0x08, 0x96, 0x01]);
    }
}
