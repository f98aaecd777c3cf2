//! `wasm-bindgen --target web` makes `workers/cpu.js` of it.

fn main() {
    engine_worker::start();
}
