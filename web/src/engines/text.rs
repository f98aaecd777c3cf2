//! The sentences about the engines.

use std::time::Duration;

use super::kind::Kind;
use super::times::in_words;
use crate::language::{Text, say, texts};

texts! {
    /// The name of the part that tells of the engine.
    ENGINE: "Engine", "運算引擎";
    /// While no engine runs yet.
    LOADING: "Loading …", "載入中……";
    /// Where no engine runs.
    NONE: "No engine is running", "沒有執行中的引擎";
    /// Before the first times are measured.
    READY: "Ready", "就緒";
    /// The choice of whichever engine is faster.
    FASTER: "Faster", "較快者";
    /// The choice of the CPU engine.
    CPU: "CPU", "CPU";
    /// The choice of the WebGPU engine.
    WEBGPU: "WebGPU", "WebGPU";
    /// How far the weights are, for screen readers.
    LOADING_WEIGHTS: "Loading the weights", "正在載入權重";
    /// Between two sentences.
    BETWEEN: " ", "";
    /// Starts an engine again.
    TRY_AGAIN: "Try again", "再試一次";
    /// Loads the page again.
    RELOAD: "Reload", "重新載入";

    /// The sentence while WebGPU is loaded in the place of a CPU engine that failed.
    LOADING_WEBGPU: "Loading WebGPU …", "正在載入 WebGPU……";
    /// The sentence while the CPU engine is loaded.
    LOADING_CPU: "Loading the CPU engine …", "正在載入 CPU 引擎……";
    /// The sentence where no engine runs.
    NONE_RUNS: "No engine is running.", "沒有執行中的引擎。";
    /// WebGPU has only a software adapter.
    SOFTWARE_ONLY:
        "WebGPU was not loaded: it has only a software adapter here.",
        "沒有載入 WebGPU：這裡只有軟體模擬的顯示卡。";
    /// WebGPU would be no faster.
    NOT_FASTER: "WebGPU was not loaded: it would not be noticeably faster.", "沒有載入 WebGPU：速度不會明顯更快。";
    /// The visitor saves data.
    SAVES_DATA: "WebGPU was not loaded, to save data.", "為了節省流量，沒有載入 WebGPU。";

    /// The CPU engine, among what is downloaded.
    CPU_SIZE: "CPU engine", "CPU 引擎";
    /// The weights, among what is downloaded.
    WEIGHTS_SIZE: "weights", "權重";
    /// The WebGPU engine, among what is downloaded.
    GPU_SIZE: "WebGPU (only where it is used)", "WebGPU（用到才下載）";

    /// Where the site was built without the WebGPU engine.
    SITE_WITHOUT_GPU: "This site comes without the WebGPU engine.", "這個網站沒有附上 WebGPU 引擎。";
    /// The browser does not know WebGPU.
    NO_WEBGPU: "This browser does not offer WebGPU.", "這個瀏覽器不支援 WebGPU。";
    /// The browser refuses the question.
    NO_QUESTION: "WebGPU cannot be asked for an adapter here.", "這裡無法向 WebGPU 要求顯示卡。";
    /// WebGPU has no adapter.
    NO_CARD: "WebGPU finds no graphics card here.", "WebGPU 在這裡找不到顯示卡。";
    /// WebGPU has no clock.
    NO_TIMESTAMPS:
        "WebGPU lacks timestamp queries here, which the engine needs.",
        "這裡的 WebGPU 缺少引擎需要的時間戳記查詢（timestamp query）。";
    /// WebGPU says nothing.
    NO_ANSWER: "WebGPU does not answer here.", "WebGPU 在這裡沒有回應。";

    /// An engine's files were replaced.
    OUTDATED: "This page was updated while you were here: reload it.", "這個頁面剛剛更新了，請重新載入。";
    /// An engine's files are blocked.
    BLOCKED: "The browser blocks its files.", "瀏覽器封鎖了引擎的檔案。";
    /// The server of an engine's files says nothing.
    UNREACHABLE: "Its files cannot be reached.", "無法取得引擎的檔案。";
}

/// The name of an engine within a sentence.
pub fn name(kind: Kind) -> &'static str {
    let name: Text = match kind {
        Kind::Cpu => || crate::language::pick("the CPU engine", " CPU 引擎"),
        Kind::Gpu => || crate::language::pick("WebGPU", " WebGPU"),
    };
    name()
}

/// The name of an engine at the beginning of a sentence.
pub fn capital_name(kind: Kind) -> &'static str {
    let name: Text = match kind {
        Kind::Cpu => || crate::language::pick("The CPU engine", "CPU 引擎"),
        Kind::Gpu => WEBGPU,
    };
    name()
}

/// How long a prediction takes.
pub fn time(milliseconds: f64) -> String {
    let time = in_words(milliseconds);
    say!("{time} on this device", "在這台裝置上 {time}")
}

/// What is downloaded, each with its bytes.
pub fn downloads(parts: &[(&str, u64)]) -> String {
    let parts = parts.iter();
    let parts = parts.map(|(name, bytes)| format!("{name} {:.2} MB", *bytes as f64 / 1e6));
    let parts = parts
        .collect::<Vec<_>>()
        .join(crate::language::pick(", ", "、"));
    say!("Downloads: {parts}.", "下載大小：{parts}。")
}

/// Which engine is in use, and how fast.
pub fn using(kind: Kind, is_chosen: bool, milliseconds: Option<f64>) -> String {
    let chosen = match is_chosen {
        true => crate::language::pick(", as you chose", "（你的選擇）"),
        false => "",
    };
    let name = name(kind);
    match milliseconds.map(time) {
        Some(time) => say!(
            "Using {name}{chosen}: {time}.",
            "使用{name}{chosen}：{time}。"
        ),
        None => say!("Using {name}{chosen}.", "使用{name}{chosen}。"),
    }
}

/// An engine stopped, was started again, and runs.
pub fn started_again(why: &str) -> String {
    say!("{why} It was started again.", "{why}已重新啟動。")
}

/// An engine stopped and is on its way again.
pub fn being_started_again(why: &str) -> String {
    say!("{why} It is being started again.", "{why}正在重新啟動。")
}

/// An engine is on its way.
pub fn is_loading(kind: Kind) -> String {
    let name = capital_name(kind);
    say!("{name} is loading.", "正在載入 {name}。")
}

/// How long a prediction takes with the engine that is not in use.
pub fn takes(kind: Kind, milliseconds: f64) -> String {
    let (name, time) = (capital_name(kind), in_words(milliseconds));
    say!("{name} takes {time}.", "{name} 需要 {time}。")
}

/// The times of an engine are not known yet.
pub fn is_measured(kind: Kind) -> String {
    let name = capital_name(kind);
    say!("{name} is being measured.", "正在測量 {name} 的速度。")
}

/// An engine never came, with the reason as a sentence.
pub fn not_started(kind: Kind, reason: &str) -> String {
    let name = capital_name(kind);
    say!(
        "{name} could not be started. {reason}",
        "無法啟動 {name}。{reason}"
    )
}

/// An engine stopped, with the reason as a sentence.
pub fn stopped(kind: Kind, reason: &str) -> String {
    let name = capital_name(kind);
    say!(
        "{name} stopped while it was working. {reason}",
        "{name} 在執行中停止了。{reason}"
    )
}

/// Two reasons, each a sentence.
pub fn together(one: &str, other: &str) -> String {
    say!("{one} {other}", "{one}{other}")
}

/// An engine was silent for too long.
pub fn silent(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    say!(
        "It did not answer for {seconds}\u{a0}seconds.",
        "它有 {seconds}\u{a0}秒沒有回應。"
    )
}

/// No byte of the weights came for too long.
pub fn weights_silent(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    say!(
        "The weights did not arrive: the server sent nothing for {seconds}\u{a0}seconds.",
        "權重載入失敗：伺服器有 {seconds}\u{a0}秒沒有傳送資料。"
    )
}

/// The server does not send the weights.
pub fn weights_missing(address: &str, answer: &str) -> String {
    say!(
        "The weights are missing: {address} answered {answer}.",
        "缺少權重：{address} 回應 {answer}。"
    )
}

/// The file of weights is empty.
pub fn weights_empty(address: &str) -> String {
    say!(
        "The weights are missing: {address} answered with an empty file.",
        "缺少權重：{address} 回應的是空檔案。"
    )
}

/// The file of weights is some page.
pub fn weights_are_page(address: &str) -> String {
    say!(
        "The weights are missing: {address} answered with a web page instead of weights.",
        "缺少權重：{address} 回應的是網頁，而不是權重。"
    )
}

/// The server of the weights says nothing.
pub fn weights_unreachable(address: &str) -> String {
    say!(
        "The weights are missing: {address} cannot be reached.",
        "缺少權重：無法連線到 {address}。"
    )
}

/// The connection broke.
pub fn weights_broken(address: &str) -> String {
    say!(
        "The weights are missing: the connection to {address} was lost during the download.",
        "缺少權重：下載 {address} 時連線中斷。"
    )
}

/// What the browser says of a worker.
pub fn browser_says(message: &str) -> String {
    say!("The browser says: {message}.", "瀏覽器回報：{message}。")
}

/// A worker sent what is no answer.
pub fn unreadable(error: &str) -> String {
    say!(
        "Its answer cannot be read: {error}.",
        "無法解讀它的回應：{error}。"
    )
}

/// Files of the site are missing, with the reason as a sentence.
pub fn incomplete(reason: &str) -> String {
    say!(
        "The site is incomplete: {reason}",
        "網站檔案不完整：{reason}"
    )
}

/// What a server said of a file.
pub fn answered(address: &str, status: u16) -> String {
    say!("{address} answered {status}.", "{address} 回應 {status}。")
}
