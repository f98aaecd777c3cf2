//! The photo view's sentences.

use protocol::foreign::isolated;

use crate::language::{Text, say, texts};

texts! {
    /// A preset of thresholds.
    DETAILED: "Detailed", "細緻";
    /// A preset of thresholds.
    BALANCED: "Balanced", "均衡";
    /// The preset with the thresholds of the course that the task comes from.
    COURSE: "Course", "課程";
    /// A preset of thresholds.
    BOLD: "Bold", "粗獷";
    /// The name of the group of presets.
    PRESET_GROUP: "Thresholds by name", "預設門檻值";
    /// The low threshold.
    LOW: "Keep weak edges above", "低門檻值（保留弱邊緣）";
    /// The high threshold.
    HIGH: "Begin edges above", "高門檻值（起始邊緣）";
    /// What the panel of the first preset shows.
    DETAILED_LABEL: "The edges of the photo, detailed", "照片的邊緣：細緻";
    /// What the panel of the second preset shows.
    BALANCED_LABEL: "The edges of the photo, balanced", "照片的邊緣：均衡";
    /// What the panel of the third preset shows.
    COURSE_LABEL: "The edges of the photo, with the course’s thresholds", "照片的邊緣：課程的門檻值";
    /// What the panel of the fourth preset shows.
    BOLD_LABEL: "The edges of the photo, bold", "照片的邊緣：粗獷";
    /// Opens the panels.
    PANELS: "Compare the four presets on this photo", "用這張照片比較四種預設";

    /// Heading of the samples.
    SAMPLES: "Try one of these", "試試這些照片";
    /// Heading of the camera's card.
    CAMERA: "Use the camera", "使用相機";
    /// Below it.
    CAMERA_HINT: "Live edges. Your browser will ask you first.", "即時顯示邊緣，瀏覽器會先徵求你的同意。";
    /// In its place while the browser asks.
    CAMERA_ASKED: "Waiting for the camera …", "等待相機……";
    /// Heading of the card that opens the file dialogue.
    CHOOSE: "Choose a photo", "選擇照片";
    /// Below it.
    CHOOSE_HINT: "JPEG, PNG, WebP, AVIF, GIF or BMP.", "JPEG、PNG、WebP、AVIF、GIF 或 BMP。";
    /// In place of the heading while a file is being opened.
    OPENING: "Opening …", "開啟中……";
    /// Heading of the card about dropping.
    DROP: "Drop or paste", "拖放或貼上";
    /// Below it.
    DROP_HINT: "Anywhere on this page, with the mouse or the keyboard.", "用滑鼠或鍵盤，在頁面的任何地方都可以。";
    /// Below all cards.
    PRIVATE: "Pictures stay on this machine.", "圖片只留在這台裝置上。";
    /// Keeps the frame that the camera shows.
    TAKE: "Take the photo", "拍照";
    /// Ends the camera.
    STOP: "Stop the camera", "關閉相機";

    /// What the large picture is.
    PHOTO_LABEL: "The photo", "照片";
    /// What lies on it.
    EDGES_LABEL: "The edges of the photo", "照片的邊緣";
    /// The divider between both.
    DIVIDER: "Divider between the photo and its edges", "照片與邊緣之間的分隔線";
    /// The crop box.
    CROP: "Crop: what the network sees of the photo", "裁切框：神經網路看到的範圍";
    /// Its keys.
    CROP_KEYS:
        "Arrow keys move it. Shift with an arrow key, or plus and minus, resizes it. Home centres it.",
        "方向鍵移動，Shift 加方向鍵或加減鍵調整大小，Home 鍵置中。";
    /// Centres the crop box.
    RESET_CROP: "Centre the crop", "裁切框置中";
    /// Downloads the edges.
    SAVE: "Save the edges", "儲存邊緣圖";
    /// Lays the edges under the drawing.
    TRACE: "Draw over them", "描著畫";
    /// What could not be saved.
    NOT_SAVED:
        "The edges could not be saved: the browser cannot make a PNG of them. Try a smaller photo.",
        "無法儲存邊緣圖：瀏覽器無法產生 PNG。請改用較小的照片。";

    /// The name of the row of steps.
    STEPS: "From the photo to the answer", "從照片到答案";
    /// The first step.
    STEP_CROP: "Crop", "裁切";
    /// The second step.
    STEP_GREY: "32\u{a0}×\u{a0}32 grey", "32\u{a0}×\u{a0}32 灰階";
    /// The third step.
    STEP_EDGES: "32\u{a0}×\u{a0}32 edges", "32\u{a0}×\u{a0}32 邊緣";
    /// Below it.
    STEP_EDGES_HINT: "all it sees", "只看這些";
    /// The last step.
    STEP_ANSWER: "Answer", "答案";
    /// What the picture of the first step is.
    CROP_LABEL: "The crop of the photo", "照片的裁切範圍";
    /// What the picture of the second step is.
    GREY_LABEL: "The crop in grey, 32 by 32 pixels", "裁切範圍的灰階圖，32 × 32 像素";
    /// What the picture of the third step is.
    EDGES_32_LABEL:
        "The edges of the crop, 32 by 32 pixels, which the network sees",
        "裁切範圍的邊緣，32 × 32 像素，也就是神經網路看到的";

    /// In place of an answer about what was dropped or pasted: it holds a link.
    LINK:
        "That is a link to a picture, not the picture itself: save the picture first, then drop the file.",
        "這是圖片的連結，不是圖片本身。請先儲存圖片，再拖放檔案。";
    /// In place of an answer about what was dropped or pasted: it holds no file.
    NO_FILE:
        "There is no file in that: drop or paste a picture file, such as a JPEG or a PNG.",
        "裡面沒有檔案，請拖放或貼上圖片檔，例如 JPEG 或 PNG。";

    /// There is nothing that could ask for a camera.
    NO_CAMERA_HERE:
        "This page cannot use a camera here: its address must begin with https. Choose a photo instead.",
        "瀏覽器沒有提供相機：網址必須以 https 開頭。請改為選擇照片。";
    /// The visitor or a setting refused.
    CAMERA_REFUSED:
        "The camera is blocked for this page. Allow it in the browser’s settings for this page, or choose a photo instead.",
        "這個頁面不能使用相機。請在瀏覽器的網站設定中允許，或改為選擇照片。";
    /// There is none.
    CAMERA_ABSENT:
        "No camera was found. Connect one and try again, or choose a photo instead.",
        "找不到相機。請接上相機再試一次，或改為選擇照片。";
    /// Another program has it.
    CAMERA_BUSY:
        "The camera could not be started: another program may be using it. Close that and try again.",
        "無法啟動相機：可能有其他程式正在使用。請關閉該程式再試一次。";
    /// It went away.
    CAMERA_LOST: "The camera was disconnected. Its last picture is kept.", "相機已中斷連線，保留最後一個畫面。";
    /// A server says nothing.
    NO_ANSWER: "no answer", "沒有回應";
}

/// In place of an answer in the last step.
pub const NOTHING: &str = "…";
/// The name of a preset of thresholds, by its place in `CannyThresholds::PRESETS`.
pub const PRESETS: [Text; 4] = [DETAILED, BALANCED, COURSE, BOLD];
/// What the panel of a preset shows.
pub const PANEL_LABELS: [Text; 4] = [DETAILED_LABEL, BALANCED_LABEL, COURSE_LABEL, BOLD_LABEL];

/// The camera cannot be started for another reason.
pub fn camera_failed(reason: &str) -> String {
    say!(
        "The camera could not be started ({reason}). Try again, or choose a photo instead.",
        "無法啟動相機（{reason}）。請再試一次，或改為選擇照片。"
    )
}

/// A folder is dropped.
pub fn folder(name: &str) -> String {
    let name = isolated(name);
    say!(
        "“{name}” is a folder: drop a picture that is in it.",
        "「{name}」是資料夾，請拖放其中的圖片。"
    )
}

/// One of several files is opened.
pub fn one_of(name: &str, files: usize) -> String {
    let name = isolated(name);
    say!(
        "There are {files} files. Only the first picture, “{name}”, is opened.",
        "共有 {files} 個檔案，只開啟其中第一張圖片「{name}」。"
    )
}

/// Opening takes longer than usual.
pub fn slow(name: &str) -> String {
    let name = isolated(name);
    say!(
        "“{name}” is taking a long time to open. You can wait, or choose another file.",
        "開啟「{name}」花了比較久的時間。你可以繼續等，或選擇其他檔案。"
    )
}

/// A sample cannot be loaded.
pub fn no_sample(name: &str, reason: &str) -> String {
    say!(
        "The sample “{name}” could not be loaded ({reason}). Try again, or choose a photo.",
        "無法載入範例「{name}」（{reason}）。請再試一次，或選擇照片。"
    )
}

/// What the server of a sample said.
pub fn sample_answered(status: u16) -> String {
    say!("its address answered {status}", "網址回應 {status}")
}

/// The worker stopped while it opened a file.
pub fn not_opened(name: &str, reason: &str) -> String {
    let name = isolated(name);
    say!(
        "“{name}” could not be opened: the part of the page that opens photos stopped. {reason} Choose it again, or choose another file.",
        "無法開啟「{name}」：負責開啟照片的程式停止了。{reason}請重新選擇，或改選其他檔案。"
    )
}

/// The worker stopped while the camera ran.
pub fn no_frames(reason: &str) -> String {
    say!(
        "The camera’s picture could not be read. {reason} Start the camera again.",
        "無法讀取相機畫面。{reason}請重新啟動相機。"
    )
}

/// The worker stopped while it found edges.
pub fn no_edges(reason: &str) -> String {
    say!(
        "The edges could not be found. {reason} Move a slider to try again.",
        "無法偵測邊緣。{reason}移動滑桿即可再試一次。"
    )
}

/// Two sizes in words: "640 × 480 pixels, of 4032 × 3024".
pub fn sizes(shown: (u32, u32), original: (u32, u32)) -> String {
    let (now, before) = (size(shown), size(original));
    if shown == original {
        say!("{now} pixels", "{now} 像素")
    } else {
        say!(
            "{now} pixels, shrunk from {before}",
            "{now} 像素，由 {before} 縮小"
        )
    }
}

fn size((width, height): (u32, u32)) -> String {
    format!("{width}\u{a0}×\u{a0}{height}")
}

/// Where the crop box is, in pixels.
pub fn crop(left: u32, top: u32, side: u32) -> String {
    say!(
        "{side} by {side} pixels, {left} from the left, {top} from the top",
        "{side} × {side} 像素，距左 {left}，距上 {top}"
    )
}

/// Where the divider is, in percent of the width.
pub fn divided(percent: u32) -> String {
    say!(
        "{percent}% photo, {}% edges",
        "照片 {percent}%，邊緣 {}%",
        100 - percent
    )
}

/// Two thresholds: "170 / 300".
pub fn pair(low: u32, high: u32) -> String {
    format!("{low}\u{202f}/\u{202f}{high}")
}

/// The name of the file that the edges are saved in.
pub fn file_name(low: u32, high: u32) -> String {
    format!("edges-{low}-{high}.png")
}
