//! `wasm-bindgen --target web` makes `workers/laboratory.js` of it.

fn main() {
    laboratory_worker::start();
}
