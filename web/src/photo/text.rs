//! The photo view's sentences.

/// The name of a preset of thresholds, by its place in `CannyThresholds::PRESETS`.
pub const PRESETS: [&str; 4] = ["Detailed", "Balanced", "Course", "Bold"];
/// The name of the group of presets.
pub const PRESET_GROUP: &str = "Thresholds by name";
/// The low threshold.
pub const LOW: &str = "Keep weak edges above";
/// The high threshold.
pub const HIGH: &str = "Begin edges above";
/// What the panel of a preset shows.
pub const PANEL_LABELS: [&str; 4] = [
    "The edges of the photo, detailed",
    "The edges of the photo, balanced",
    "The edges of the photo, with the course’s thresholds",
    "The edges of the photo, bold",
];
/// Opens the panels.
pub const PANELS: &str = "Compare the four presets on this photo";

/// Heading of the samples.
pub const SAMPLES: &str = "Try one of these";
/// Heading of the camera's card.
pub const CAMERA: &str = "Use the camera";
/// Below it.
pub const CAMERA_HINT: &str = "Live, edge by edge. Your browser asks you first.";
/// In its place while the browser asks.
pub const CAMERA_ASKED: &str = "Waiting for the camera …";
/// Heading of the card that opens the file dialogue.
pub const CHOOSE: &str = "Choose a photo";
/// Below it.
pub const CHOOSE_HINT: &str = "JPEG, PNG, WebP, AVIF, GIF or BMP.";
/// In place of the heading while a file is being opened.
pub const OPENING: &str = "Opening …";
/// Heading of the card about dropping.
pub const DROP: &str = "Drop or paste";
/// Below it.
pub const DROP_HINT: &str = "Anywhere on this page, with the mouse or the keyboard.";
/// Below all cards.
pub const PRIVATE: &str = "Pictures stay on this machine.";
/// Keeps the frame that the camera shows.
pub const TAKE: &str = "Take the photo";
/// Ends the camera.
pub const STOP: &str = "Stop the camera";

/// What the large picture is.
pub const PHOTO_LABEL: &str = "The photo";
/// What lies on it.
pub const EDGES_LABEL: &str = "The edges of the photo";
/// The divider between both.
pub const DIVIDER: &str = "Divider between the photo and its edges";
/// The crop box.
pub const CROP: &str = "Crop: what the network sees of the photo";
/// Its keys.
pub const CROP_KEYS: &str =
    "Arrow keys move it, Shift with them or plus and minus size it, Home centres it.";
/// Centres the crop box.
pub const RESET_CROP: &str = "Centre the crop";
/// Downloads the edges.
pub const SAVE: &str = "Save the edges";
/// Lays the edges under the drawing.
pub const TRACE: &str = "Draw over them";
/// The edges on the drawing view's sheet.
pub const TRACING: &str = "The edges of your photo, to draw over";
/// Takes them away.
pub const TRACING_OFF: &str = "Remove the edges";
/// What could not be saved.
pub const NOT_SAVED: &str =
    "The edges could not be saved: the browser makes no PNG of them. Try a smaller photo.";

/// The name of the row of steps.
pub const STEPS: &str = "From the photo to the answer";
/// The first step.
pub const STEP_CROP: &str = "Crop";
/// The second step.
pub const STEP_GREY: &str = "32\u{a0}×\u{a0}32 grey";
/// The third step.
pub const STEP_EDGES: &str = "32\u{a0}×\u{a0}32 edges";
/// Below it.
pub const STEP_EDGES_HINT: &str = "all it sees";
/// The last step.
pub const STEP_ANSWER: &str = "Answer";
/// What the picture of the first step is.
pub const CROP_LABEL: &str = "The crop of the photo";
/// What the picture of the second step is.
pub const GREY_LABEL: &str = "The crop in grey, 32 by 32 pixels";
/// What the picture of the third step is.
pub const EDGES_32_LABEL: &str = "The edges of the crop, 32 by 32 pixels, which the network sees";
/// In place of an answer.
pub const NO_ANSWER: &str = "…";

/// In place of an answer about what was dropped or pasted: it holds a link.
pub const LINK: &str = "That is a link to a picture, not the picture itself: save the picture first, then drop the file.";
/// In place of an answer about what was dropped or pasted: it holds no file.
pub const NO_FILE: &str =
    "There is no file in that: drop or paste a picture file, such as a JPEG or a PNG.";

/// There is nothing that could ask for a camera.
pub const NO_CAMERA_HERE: &str = "This browser gives the page no camera: it needs an address that begins with https. Choose a photo instead.";
/// The visitor or a setting refused.
pub const CAMERA_REFUSED: &str = "The camera is blocked for this page. Allow it in the browser’s settings for this page, or choose a photo instead.";
/// There is none.
pub const CAMERA_ABSENT: &str =
    "No camera was found. Connect one and try again, or choose a photo instead.";
/// Another program has it.
pub const CAMERA_BUSY: &str =
    "The camera could not be started: another program may be using it. Close that and try again.";
/// It went away.
pub const CAMERA_LOST: &str = "The camera was disconnected. Its last picture is kept.";

/// The camera cannot be started for another reason.
pub fn camera_failed(reason: &str) -> String {
    format!("The camera could not be started ({reason}). Try again, or choose a photo instead.")
}

/// A folder is dropped.
pub fn folder(name: &str) -> String {
    format!("“{name}” is a folder: drop a picture that is in it.")
}

/// One of several files is opened.
pub fn one_of(name: &str, files: usize) -> String {
    format!("There are {files} files. Only “{name}” is opened, the first picture among them.")
}

/// Opening takes longer than usual.
pub fn slow(name: &str) -> String {
    format!("“{name}” is taking long to open. You can wait, or choose another file.")
}

/// A sample cannot be loaded.
pub fn no_sample(name: &str, reason: &str) -> String {
    format!("The sample “{name}” could not be loaded ({reason}). Try again, or choose a photo.")
}

/// The worker stopped while it opened a file.
pub fn not_opened(name: &str, reason: &str) -> String {
    format!(
        "“{name}” could not be opened, since the part of the page that opens photos stopped. {reason} Choose it again, or another file."
    )
}

/// The worker stopped while the camera ran.
pub fn no_frames(reason: &str) -> String {
    format!("The camera’s picture could not be read. {reason} Start the camera again.")
}

/// The worker stopped while it found edges.
pub fn no_edges(reason: &str) -> String {
    format!("The edges could not be found. {reason} Move a slider to try again.")
}

/// Two sizes in words: "640 × 480 pixels, of 4032 × 3024".
pub fn sizes(shown: (u32, u32), original: (u32, u32)) -> String {
    if shown == original {
        format!("{} pixels", size(shown))
    } else {
        format!("{} pixels, shrunk from {}", size(shown), size(original))
    }
}

fn size((width, height): (u32, u32)) -> String {
    format!("{width}\u{a0}×\u{a0}{height}")
}

/// Where the crop box is, in pixels.
pub fn crop(left: u32, top: u32, side: u32) -> String {
    format!("{side} by {side} pixels, {left} from the left, {top} from the top")
}

/// Where the divider is, in percent of the width.
pub fn divided(percent: u32) -> String {
    format!("{percent}% photo, {}% edges", 100 - percent)
}

/// Two thresholds: "170 / 300".
pub fn pair(low: u32, high: u32) -> String {
    format!("{low}\u{202f}/\u{202f}{high}")
}

/// The name of the file that the edges are saved in.
pub fn file_name(low: u32, high: u32) -> String {
    format!("edges-{low}-{high}.png")
}

/// A probability as "87%"; 100 only where nothing else is left.
pub fn percent(probability: f32) -> String {
    let rounded = (probability * 100.0).round();
    let most = if probability < 1.0 { 99.0 } else { 100.0 };
    format!("{:.0}%", rounded.min(most))
}
