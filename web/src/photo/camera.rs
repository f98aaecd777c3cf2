//! The camera's live picture, handed to the photo worker frame by frame.

use js_sys::{Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    DomException, HtmlMediaElement, HtmlVideoElement, ImageBitmap, MediaStream,
    MediaStreamConstraints, MediaStreamTrack, MediaStreamTrackState,
};

use super::client::PhotoClient;
use super::text;
use crate::attempts::Attempts;
use crate::errors::{self, Topic};
use crate::language::{Sentence, both};
use crate::views::View;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = createImageBitmap, catch)]
    fn create_image_bitmap(video: &HtmlVideoElement) -> Result<Promise, JsValue>;
}

/// How far the camera is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It is off.
    Off,
    /// The browser asks the visitor.
    Asked,
    /// It runs.
    Live,
}

/// The camera; copies are the same one.
#[derive(Clone, Copy)]
pub struct Camera {
    client: PhotoClient,
    stage: RwSignal<Stage>,
    running: StoredValue<Option<Running>, LocalStorage>,
    /// Of starting it: what an older one than the newest brings is turned off at once.
    attempts: Attempts,
}

/// A stream and what plays it; its tracks end with it.
#[derive(Clone)]
struct Running {
    stream: MediaStream,
    video: HtmlVideoElement,
}

impl Running {
    fn tracks(&self) -> impl Iterator<Item = MediaStreamTrack> + use<> {
        let tracks = self.stream.get_tracks().into_iter();
        tracks.filter_map(|track| track.dyn_into().ok())
    }

    fn has_ended(&self) -> bool {
        self.tracks()
            .all(|track| track.ready_state() == MediaStreamTrackState::Ended)
    }

    fn stop(&self) {
        self.tracks().for_each(|track| track.stop());
        self.video.set_src_object(None);
    }
}

impl Camera {
    /// A camera at rest whose frames `client` takes. It ends with the current reactive owner, and keeps its last frame when
    /// another view comes to the front, the page is hidden, or a file is opened.
    pub fn new(client: PhotoClient, view: RwSignal<View>) -> Self {
        let camera = Self {
            client,
            stage: RwSignal::new(Stage::Off),
            running: StoredValue::new_local(None),
            attempts: Attempts::new(),
        };
        Effect::new(move |_| {
            if view.get() != View::Photo {
                camera.keep();
            }
        });
        Effect::new(move |_| {
            if !client.is_live().get() && camera.stage.get_untracked() == Stage::Live {
                camera.end();
            }
        });
        Effect::new(move |_| {
            // It would take the place of a file that was chosen later.
            if client.is_opening().get() && camera.stage.get_untracked() == Stage::Asked {
                camera.end();
            }
        });
        let hidden = window_event_listener_untyped("visibilitychange", move |_| {
            if document().hidden() {
                camera.keep();
            }
        });
        on_cleanup(move || {
            hidden.remove();
            camera.end();
        });
        camera
    }

    /// How far it is.
    pub fn stage(self) -> Signal<Stage> {
        self.stage.into()
    }

    /// Asks for the camera, the one that looks away from the visitor where there are two.
    pub fn start(self) {
        let attempt = self.attempts.begin();
        self.client.begin_choice();
        errors::clear(Topic::Photo);
        self.stage.set(Stage::Asked);
        spawn_local(async move {
            let result = ask().await;
            let is_awaited = self.attempts.is_newest(attempt);
            match result {
                Ok(running) if is_awaited => {
                    self.client.begin_live();
                    self.running.set_value(Some(running));
                    self.stage.set(Stage::Live);
                    self.follow(attempt);
                }
                Ok(running) => running.stop(),
                Err(sentence) if is_awaited => {
                    self.stage.set(Stage::Off);
                    errors::show(Topic::Photo, &sentence);
                }
                Err(_) => {}
            }
        });
    }

    /// Turns it off, and keeps its last frame as the photo.
    pub fn keep(self) {
        self.end();
        self.client.end_live(true);
    }

    /// Turns it off, and goes back to what was open before.
    pub fn stop(self) {
        self.end();
        self.client.end_live(false);
    }

    fn end(self) {
        self.attempts.begin();
        if let Some(Some(running)) = self.running.try_update_value(Option::take) {
            running.stop();
        }
        if self.stage.try_get_untracked() != Some(Stage::Off) {
            let _ = self.stage.try_set(Stage::Off);
        }
    }

    /// Takes the next frame as soon as the page is painted again and the frame before is done.
    fn follow(self, attempt: u32) {
        request_animation_frame(move || {
            let running = self.running.try_get_value().flatten();
            let is_awaited = self.attempts.is_newest(attempt);
            let Some(running) = running.filter(|_| is_awaited) else {
                return;
            };
            if running.has_ended() {
                self.keep();
                errors::show(Topic::Photo, &both(text::CAMERA_LOST));
            } else if self.client.is_framing()
                || running.video.ready_state() < HtmlMediaElement::HAVE_CURRENT_DATA
            {
                self.follow(attempt);
            } else {
                spawn_local(async move {
                    // A frame that is lost is made up for by the next.
                    if let Some(frame) = frame(&running.video).await {
                        self.client.take_frame(frame);
                    }
                    self.follow(attempt);
                });
            }
        });
    }
}

async fn frame(video: &HtmlVideoElement) -> Option<ImageBitmap> {
    let frame = JsFuture::from(create_image_bitmap(video).ok()?).await;
    frame.ok()?.dyn_into().ok()
}

/// Asks the browser for a camera.
///
/// # Errors
/// A sentence for the page.
async fn ask() -> Result<Running, Sentence> {
    // There is none without a secure connection.
    let navigator = window().navigator();
    let devices = Reflect::get(&navigator, &"mediaDevices".into());
    if devices.is_ok_and(|devices| devices.is_undefined()) {
        return Err(both(text::NO_CAMERA_HERE));
    }
    let wanted = js_sys::Object::new();
    for (name, value) in [
        ("facingMode", JsValue::from("environment")),
        ("width", ideal(640.0)),
        ("height", ideal(480.0)),
    ] {
        // A plain object takes any property.
        let _ = Reflect::set(&wanted, &name.into(), &value);
    }
    let constraints = MediaStreamConstraints::new();
    constraints.set_video(&wanted);
    let devices = navigator
        .media_devices()
        .map_err(|error| sentence(&error))?;
    let stream = devices
        .get_user_media_with_constraints(&constraints)
        .map_err(|error| sentence(&error))?;
    let stream = JsFuture::from(stream).await;
    let stream: MediaStream = stream
        .and_then(JsCast::dyn_into)
        .map_err(|error| sentence(&error))?;
    play(stream).await.map_err(|error| sentence(&error))
}

fn ideal(pixels: f64) -> JsValue {
    let ideal = js_sys::Object::new();
    // A plain object takes any property.
    let _ = Reflect::set(&ideal, &"ideal".into(), &pixels.into());
    ideal.into()
}

async fn play(stream: MediaStream) -> Result<Running, JsValue> {
    let video = document().create_element("video")?;
    let video: HtmlVideoElement = video.dyn_into().map_err(JsValue::from)?;
    let running = Running { stream, video };
    let started = async {
        running.video.set_muted(true);
        // Safari on phones would fill the screen with it.
        running.video.set_attribute("playsinline", "")?;
        running.video.set_src_object(Some(&running.stream));
        JsFuture::from(running.video.play()?).await
    };
    if let Err(error) = started.await {
        running.stop();
        return Err(error);
    }
    Ok(running)
}

/// What the browser's refusal means.
fn sentence(error: &JsValue) -> Sentence {
    let Some(error) = error.dyn_ref::<DomException>() else {
        return both(|| text::camera_failed(crate::text::NO_REASON()));
    };
    match error.name().as_str() {
        "NotAllowedError" | "SecurityError" => both(text::CAMERA_REFUSED),
        "NotFoundError" | "OverconstrainedError" => both(text::CAMERA_ABSENT),
        "NotReadableError" | "AbortError" => both(text::CAMERA_BUSY),
        _ => both(|| text::camera_failed(&error.message())),
    }
}
