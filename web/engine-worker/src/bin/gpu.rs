//! `wasm-bindgen --target web` makes `workers/gpu.js` of it.

fn main() {
    engine_worker::start();
}
