//! The network as a `.tflite` model: a FlatBuffer of the few tables that it takes.
//!
//! Numbers of fields and of operators are those of TensorFlow Lite's `schema.fbs`, version 3. Pictures are `[1, 32, 32, 1]`.

use flatbuffers::{FlatBufferBuilder, UnionWIPOffset, VOffsetT, WIPOffset};

use crate::net::{Net, le_bytes, reordered};

type Builder = FlatBufferBuilder<'static>;
type Table = WIPOffset<UnionWIPOffset>;

const FLOAT32: i8 = 0;
const INT32: i8 = 2;
const PADDING_SAME: i8 = 0;
const PADDING_VALID: i8 = 1;
const NO_ACTIVATION: i8 = 0;
const RELU: i8 = 1;

/// An operator: its number in the schema, and that of its options.
#[derive(Clone, Copy)]
struct Kind {
    operator: i8,
    options: u8,
}

const CONVOLUTION: Kind = Kind {
    operator: 3,
    options: 1,
};
const FULLY_CONNECTED: Kind = Kind {
    operator: 9,
    options: 8,
};
const MAX_POOL: Kind = Kind {
    operator: 17,
    options: 5,
};
const RESHAPE: Kind = Kind {
    operator: 22,
    options: 17,
};
const KINDS: [Kind; 4] = [CONVOLUTION, FULLY_CONNECTED, MAX_POOL, RESHAPE];

/// Input `picture` `[1, 32, 32, 1]`, output `logits` `[1, classes]`.
pub fn model(net: &Net) -> Vec<u8> {
    let mut graph = Graph::default();
    let input = graph.tensor("picture", &[1, 32, 32, 1], FLOAT32, None);
    let (mut value, mut side) = (input, 32);
    for (index, layer) in net.convolutions.iter().enumerate() {
        let (inputs, outputs) = (layer.inputs, layer.outputs);
        let kernel = reordered(layer, |output, input, pixel| {
            (output * 9 + pixel) * inputs + input
        });
        let shape = [outputs, 3, 3, inputs];
        let kernel = graph.values(&format!("kernel{index}"), &shape, &kernel);
        let bias = graph.values(&format!("bias{index}"), &[outputs], &layer.bias);
        let shape = [1, side, side, outputs];
        let convolved = graph.tensor(&format!("conv{index}"), &shape, FLOAT32, None);
        let options = convolution_options(&mut graph.builder);
        graph.operator(CONVOLUTION, &[value, kernel, bias], convolved, options);
        side /= 2;
        let shape = [1, side, side, outputs];
        value = graph.tensor(&format!("pool{index}"), &shape, FLOAT32, None);
        let options = pool_options(&mut graph.builder);
        graph.operator(MAX_POOL, &[convolved], value, options);
    }
    let features = net.linear[0].inputs;
    let shape: Vec<u8> = [1, features as i32]
        .into_iter()
        .flat_map(i32::to_le_bytes)
        .collect();
    let shape = graph.tensor("shape", &[2], INT32, Some(&shape));
    let flat = graph.tensor("features", &[1, features], FLOAT32, None);
    let options = reshape_options(&mut graph.builder, &[1, features as i32]);
    graph.operator(RESHAPE, &[value, shape], flat, options);
    value = flat;
    for (index, layer) in net.linear.iter().enumerate() {
        let last = index + 1 == net.linear.len();
        let shape = [layer.outputs, layer.inputs];
        let weight = graph.values(&format!("weight{index}"), &shape, &layer.weight);
        let bias = graph.values(&format!("offset{index}"), &[layer.outputs], &layer.bias);
        let name = if last {
            "logits".to_owned()
        } else {
            format!("linear{index}")
        };
        let output = graph.tensor(&name, &[1, layer.outputs], FLOAT32, None);
        let activation = if last { NO_ACTIVATION } else { RELU };
        let options = linear_options(&mut graph.builder, activation);
        graph.operator(FULLY_CONNECTED, &[value, weight, bias], output, options);
        value = output;
    }
    graph.finish(input, value)
}

/// The tables written so far.
#[derive(Default)]
struct Graph {
    builder: Builder,
    buffers: Vec<Table>,
    tensors: Vec<Table>,
    operators: Vec<Table>,
}

impl Graph {
    fn values(&mut self, name: &str, shape: &[usize], values: &[f32]) -> i32 {
        self.tensor(name, shape, FLOAT32, Some(&le_bytes(values)))
    }

    /// A tensor's index; one without bytes is computed.
    fn tensor(&mut self, name: &str, shape: &[usize], kind: i8, bytes: Option<&[u8]>) -> i32 {
        let builder = &mut self.builder;
        if self.buffers.is_empty() {
            // The first buffer is empty by convention: computed tensors refer to it.
            self.buffers.push(table(builder, |_| {}));
        }
        let mut buffer = 0;
        if let Some(bytes) = bytes {
            let bytes = builder.create_vector(bytes);
            buffer = self.buffers.len() as u32;
            self.buffers.push(table(builder, |builder| {
                builder.push_slot_always(field(0), bytes);
            }));
        }
        let shape: Vec<i32> = shape.iter().map(|size| *size as i32).collect();
        let (shape, name) = (builder.create_vector(&shape), builder.create_string(name));
        self.tensors.push(table(builder, |builder| {
            builder.push_slot_always(field(0), shape);
            builder.push_slot_always(field(1), kind);
            builder.push_slot_always(field(2), buffer);
            builder.push_slot_always(field(3), name);
        }));
        self.tensors.len() as i32 - 1
    }

    fn operator(&mut self, kind: Kind, inputs: &[i32], output: i32, options: Table) {
        let code = KINDS
            .iter()
            .position(|other| other.operator == kind.operator);
        let code = code.map_or(0, |code| code as u32);
        let builder = &mut self.builder;
        let (inputs, outputs) = (
            builder.create_vector(inputs),
            builder.create_vector(&[output]),
        );
        self.operators.push(table(builder, |builder| {
            builder.push_slot_always(field(0), code);
            builder.push_slot_always(field(1), inputs);
            builder.push_slot_always(field(2), outputs);
            builder.push_slot_always(field(3), kind.options);
            builder.push_slot_always(field(4), options);
        }));
    }

    fn finish(self, input: i32, output: i32) -> Vec<u8> {
        let Self {
            mut builder,
            buffers,
            tensors,
            operators,
        } = self;
        let tensors = builder.create_vector(&tensors);
        let operators = builder.create_vector(&operators);
        let inputs = builder.create_vector(&[input]);
        let outputs = builder.create_vector(&[output]);
        let graph = table(&mut builder, |builder| {
            builder.push_slot_always(field(0), tensors);
            builder.push_slot_always(field(1), inputs);
            builder.push_slot_always(field(2), outputs);
            builder.push_slot_always(field(3), operators);
        });
        let codes = KINDS.map(|kind| {
            table(&mut builder, |builder| {
                builder.push_slot_always(field(0), kind.operator);
                builder.push_slot_always(field(2), 1_i32);
                builder.push_slot_always(field(3), i32::from(kind.operator));
            })
        });
        let (codes, graphs) = (
            builder.create_vector(&codes),
            builder.create_vector(&[graph]),
        );
        let (name, buffers) = (
            builder.create_string("Edgewise"),
            builder.create_vector(&buffers),
        );
        let model = table(&mut builder, |builder| {
            builder.push_slot_always(field(0), 3_u32);
            builder.push_slot_always(field(1), codes);
            builder.push_slot_always(field(2), graphs);
            builder.push_slot_always(field(3), name);
            builder.push_slot_always(field(4), buffers);
        });
        builder.finish(model, Some("TFL3"));
        builder.finished_data().to_vec()
    }
}

fn convolution_options(builder: &mut Builder) -> Table {
    table(builder, |builder| {
        builder.push_slot_always(field(0), PADDING_SAME);
        builder.push_slot_always(field(1), 1_i32);
        builder.push_slot_always(field(2), 1_i32);
        builder.push_slot_always(field(3), RELU);
    })
}

fn pool_options(builder: &mut Builder) -> Table {
    table(builder, |builder| {
        builder.push_slot_always(field(0), PADDING_VALID);
        for number in 1..=4 {
            builder.push_slot_always(field(number), 2_i32);
        }
    })
}

fn reshape_options(builder: &mut Builder, shape: &[i32]) -> Table {
    let shape = builder.create_vector(shape);
    table(builder, |builder| builder.push_slot_always(field(0), shape))
}

fn linear_options(builder: &mut Builder, activation: i8) -> Table {
    table(builder, |builder| {
        builder.push_slot_always(field(0), activation);
    })
}

fn table(builder: &mut Builder, fill: impl FnOnce(&mut Builder)) -> Table {
    let start = builder.start_table();
    fill(builder);
    let finished = builder.end_table(start);
    WIPOffset::new(finished.value())
}

/// Where a table's list of offsets has a field, by its number in the schema.
fn field(number: VOffsetT) -> VOffsetT {
    4 + 2 * number
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::tests::net;

    #[test]
    fn the_file_says_what_it_is_and_holds_every_weight() {
        let net = net();
        let bytes = model(&net);
        assert_eq!(&bytes[4..8], b"TFL3");
        let kernel = le_bytes(&net.linear[1].weight);
        assert!(bytes.windows(kernel.len()).any(|part| part == kernel));
    }
}
