//! `wasm-bindgen --target web` makes `workers/photo.js` of it.

fn main() {
    photo_worker::start();
}
