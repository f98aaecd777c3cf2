//! The worker binary: `wasm-bindgen --target web` makes `engine/cpu.js` or `engine/gpu.js` of it.

fn main() {
    engine::worker::start();
}
