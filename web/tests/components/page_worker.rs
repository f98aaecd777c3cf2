//! The photo worker's own code on the page itself, in place of a worker that only the built site has.

use js_sys::{Function, Promise, Reflect};
use protocol::photo::Request;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

/// A file of this name is never opened.
pub const NEVER_OPENS: &str = "never.png";
/// The worker dies of a file of this name.
pub const CRASHES: &str = "crashes.png";

/// Takes the place of the browser's workers for the photo program alone.
const INSTALL: &str = r#"
    globalThis.photoWorkers ??= 0;
    const Browser = globalThis.browserWorker ??= Worker;
    globalThis.Worker = class {
      constructor(address, options) {
        if (!address.endsWith("?program=photo")) return new Browser(address, options);
        photoWorkers += 1;
        this.lives = true;
      }
      postMessage(message) {
        answer(structuredClone(message)).then(
          (data) => { if (this.lives && data) this.onmessage(new MessageEvent("message", { data })); },
          (error) => { if (this.lives) this.onerror(new ErrorEvent("error", { message: String(error), cancelable: true })); },
        );
      }
      terminate() { this.lives = false; }
    };
"#;

/// As long as it is there, pages start photo workers on their own thread.
pub struct PageWorkers;

impl Drop for PageWorkers {
    fn drop(&mut self) {
        let restore = Function::new_no_args("globalThis.Worker = browserWorker;");
        restore.call0(&JsValue::NULL).unwrap();
    }
}

/// Lets the pages mounted from now on start photo workers.
pub fn install() -> PageWorkers {
    let answer = Closure::<dyn Fn(JsValue) -> Promise>::new(|message| {
        future_to_promise(async { answer(message).await })
    });
    let install = Function::new_with_args("answer", INSTALL);
    install
        .call1(&JsValue::NULL, &answer.into_js_value())
        .unwrap();
    PageWorkers
}

/// How many photo workers were started so far.
pub fn started() -> u32 {
    let started = Reflect::get(&js_sys::global(), &"photoWorkers".into()).unwrap();
    started.as_f64().unwrap_or_default() as u32
}

/// Twenty seconds and more pass at once.
pub fn make_time_fly() {
    let fly = "globalThis.realTimeout ??= setTimeout;
        globalThis.setTimeout = (act, time, ...more) => realTimeout(act, time >= 20000 ? 50 : time, ...more);";
    Function::new_no_args(fly).call0(&JsValue::NULL).unwrap();
}

/// They take as long as they do.
pub fn let_time_be() {
    let restore = Function::new_no_args("globalThis.setTimeout = realTimeout;");
    restore.call0(&JsValue::NULL).unwrap();
}

async fn answer(message: JsValue) -> Result<JsValue, JsValue> {
    let request: Request = serde_wasm_bindgen::from_value(message)?;
    if let Request::Open { file, .. } = &request {
        match file.name().as_str() {
            NEVER_OPENS => std::future::pending().await,
            CRASHES => return Err("out of memory".into()),
            _ => {}
        }
    }
    match photo_worker::answer(request).await {
        Some(reply) => Ok(serde_wasm_bindgen::to_value(&reply)?),
        None => Ok(JsValue::UNDEFINED),
    }
}
