//! The sentences about the engines, apart from those in `status`.

/// The name of the part that tells of the engine.
pub const ENGINE: &str = "Engine";
/// While no engine runs yet.
pub const LOADING: &str = "Loading …";
/// Where no engine runs.
pub const NONE: &str = "No engine is running";
/// Before the first times are measured.
pub const READY: &str = "Ready";

/// Where the site was built without the WebGPU engine.
pub const SITE_WITHOUT_GPU: &str = "This site comes without the WebGPU engine.";

/// How long a prediction takes.
pub fn time(in_words: &str) -> String {
    format!("{in_words} on this device")
}
