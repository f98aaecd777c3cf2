//! The story's sentences with values.

use std::fmt::Display;
use std::time::Duration;

use shared::picture::{Direction, Step, Verdict};
use shared::story::{ClassesFrom, Made, Origin, Shipped};

use crate::language::say;
use crate::numbers::grouped;

/// The story's file could not be used.
pub fn failed(reason: &str) -> String {
    say!(
        "The film, the map, the curves and the confusion matrix are missing. {reason}",
        "沒有影片、地圖、曲線與混淆矩陣。{reason}"
    )
}

/// The server answered something else than the file.
pub fn answered(status: u16) -> String {
    say!("The server answered {status}.", "伺服器回應 {status}。")
}

/// The file has far too many bytes.
pub fn too_large(bytes: u32) -> String {
    say!(
        "The file has {bytes} bytes, more than a story file can have.",
        "檔案有 {bytes} 個位元組，比任何故事檔案都大。"
    )
}

/// The file is no story.
pub fn damaged(error: &dyn Display) -> String {
    say!(
        "The file cannot be read ({error}).",
        "無法讀取檔案（{error}）。"
    )
}

/// A number with its sign, and a real minus.
pub fn signed(value: i16) -> String {
    format!("{value}").replace('-', "−")
}

/// The same with two decimals.
pub fn decimal(value: f32) -> String {
    // What is rounded to zero has no sign.
    let value = if value.abs() < 0.005 { 0.0 } else { value };
    format!("{value:.2}").replace('-', "−")
}

/// A number after a plus, or after a minus where it is below 0.
fn plus(value: f32) -> String {
    match decimal(value).strip_prefix('−') {
        Some(positive) => format!("− {positive}"),
        None => format!("+ {}", decimal(value)),
    }
}

/// The magnitude of a pixel's gradient.
pub fn magnitude(step: Step) -> String {
    let (dx, dy) = (step.dx.abs(), step.dy.abs());
    let sum = step.magnitude();
    say!(
        "Magnitude: |{}| + |{}| = {dx} + {dy} = {sum}.",
        "幅度：|{}| + |{}| = {dx} + {dy} = {sum}。",
        signed(step.dx),
        signed(step.dy)
    )
}

/// What a pixel is compared with.
pub fn compared(step: Step, [one, other]: [i16; 2]) -> String {
    let (english, chinese) = match step.direction {
        Direction::Horizontal => ("left and right", "左右"),
        Direction::Vertical => ("above and below", "上下"),
        Direction::Falling => ("upper left and lower right", "左上與右下"),
        Direction::Rising => ("upper right and lower left", "右上與左下"),
    };
    say!(
        "Its direction: {english}. The neighbours that way have {one} and {other}.",
        "方向：{chinese}。這個方向上的鄰居是 {one} 與 {other}。"
    )
}

/// What becomes of a pixel.
pub fn verdict(step: Step, low: u32, high: u32) -> String {
    let sum = step.magnitude();
    match step.verdict {
        Verdict::Flat => say!(
            "No edge: {sum} is not above the low threshold, {low}.",
            "不是邊緣：{sum} 沒有超過低門檻值 {low}。"
        ),
        Verdict::Thinned => say!(
            "No edge: a neighbour is as steep or steeper, so this pixel is thinned away.",
            "不是邊緣：有鄰居一樣陡或更陡，因此這個像素被細化去除。"
        ),
        Verdict::Dropped => say!(
            "Dropped: {sum} is not above the high threshold, {high}, and no chain of weak pixels leads to a strong one.",
            "捨棄：{sum} 沒有超過高門檻值 {high}，也沒有一串弱像素通往強像素。"
        ),
        Verdict::Kept => say!(
            "Kept: {sum} is not above the high threshold, {high}, but it touches a strong edge, if only through other weak pixels.",
            "保留：{sum} 沒有超過高門檻值 {high}，但它直接或透過其他弱像素接觸到強邊緣。"
        ),
        Verdict::Strong => say!(
            "An edge: {sum} is above the high threshold, {high}.",
            "邊緣：{sum} 超過高門檻值 {high}。"
        ),
    }
}

/// In F's box.
pub fn reads_all(photos: usize, doodles: usize) -> String {
    let (photos, doodles) = (grouped(photos), grouped(doodles));
    say!(
        "{photos} photos, {doodles} doodles",
        "{photos} 張照片、{doodles} 張塗鴉"
    )
}

/// In C's box.
pub fn reads_labels(photos: usize) -> String {
    let photos = grouped(photos);
    say!("{photos} labels", "{photos} 個標籤")
}

/// How the run of the film was made.
pub fn made(made: &Made) -> String {
    let Made {
        run,
        epochs,
        seed,
        held_out,
        ..
    } = made;
    say!(
        "The film and the curves: run {run}, {epochs} epochs, seed {seed}, {held_out} photos held out. Its losses and their weights:",
        "影片與曲線來自訓練 {run}：{epochs} 個週期、種子 {seed}、保留 {held_out} 張照片。各項損失與權重："
    )
}

/// The network on the page, where it is not that of the film.
pub fn shipped(shipped: &Shipped) -> String {
    let run = shipped.run.as_deref();
    let run = run.map(|run| say!(" (run {run})", "（訓練 {run}）"));
    let run = run.unwrap_or_default();
    say!(
        "The map and the accuracy are those of the network on this page{run}, not of the film’s run.",
        "地圖與準確率屬於這個頁面上的網路{run}，不是影片中的訓練。"
    )
}

/// A column of the log; one that is not known is called as it is.
pub fn column(name: &str) -> String {
    let (english, chinese) = match name {
        "class_loss" => ("Class loss", "類別損失"),
        "domain_loss" => ("Domain loss", "領域損失"),
        "confusion_loss" => ("Confusion loss", "混淆損失"),
        "information_maximisation_loss" => ("Information maximisation", "資訊最大化損失"),
        "consistency_loss" => ("Consistency loss", "一致性損失"),
        "distillation_loss" => ("Distillation loss", "蒸餾損失"),
        "pseudo_label_loss" => ("Pseudo-label loss", "偽標籤損失"),
        "source_accuracy" => ("Accuracy on training photos", "訓練照片的準確率"),
        "validation_accuracy" => ("Accuracy on held-out photos", "保留照片的準確率"),
        "domain_accuracy" => ("D’s accuracy", "D 的準確率"),
        "doodle_accuracy" => ("Accuracy on doodles", "塗鴉的準確率"),
        "feature_loss" => ("F’s loss", "F 的損失"),
        "gradient_norm" => ("Norm of F’s gradient", "F 的梯度範數"),
        "used_rate" => ("Pseudo-labels used", "採用的偽標籤"),
        "lambda" => ("Lambda", "λ（對抗的權重）"),
        "learning_rate" => ("Learning rate", "學習率"),
        other => return other.into(),
    };
    say!("{english}", "{chinese}")
}

/// A value of a curve.
pub fn value(value: f32, is_share: bool) -> String {
    if is_share {
        format!("{:.1}%", value * 100.0)
    } else if value != 0.0 && value.abs() < 0.01 {
        format!("{value:.0e}").replace('-', "−")
    } else {
        decimal(value)
    }
}

/// What a chart's sides are.
pub fn axes([low, high]: &[String; 2], epochs: u32) -> String {
    say!(
        "{low} to {high}, {epochs} epochs",
        "{low} 到 {high}，{epochs} 個週期"
    )
}

/// Where the film is.
pub fn epoch(epoch: u32) -> String {
    let epoch = epoch + 1;
    say!("After epoch {epoch}", "第 {epoch} 個週期之後")
}

/// Where a point's picture is from.
pub fn domain(origin: Origin) -> String {
    match origin {
        Origin::Photo => say!("a photo", "照片"),
        Origin::Doodle | Origin::Shown => say!("a doodle", "塗鴉"),
    }
}

/// What a point is.
pub fn point(class: &str, origin: Origin) -> String {
    let domain = domain(origin);
    say!("{class}, {domain}", "{class}，{domain}")
}

/// Where a doodle's class is from.
pub fn classes_from(from: ClassesFrom) -> String {
    match from {
        ClassesFrom::Labels => say!(
            "(its label, which was not trained on)",
            "（標籤，未用於訓練）"
        ),
        ClassesFrom::Predictions => say!("(predicted)", "（預測）"),
    }
}

/// What the network says of the drawing.
pub fn says(class: &str, percent: &str) -> String {
    say!(
        "The network says: {class}, {percent}",
        "網路的答案：{class}，{percent}"
    )
}

/// The shown doodles' features are on their way.
pub fn comparing(count: usize, of: usize) -> String {
    say!(
        "Reading the doodles of the map: {count} of {of} …",
        "讀取地圖上的塗鴉：{count}／{of}……"
    )
}

/// They do not come.
pub fn no_features(reason: &str) -> String {
    say!(
        "The doodles nearest to your drawing cannot be found. {reason}",
        "無法找出與你的塗鴉最接近的其他塗鴉。{reason}"
    )
}

/// The engine that reads them says nothing for so long.
pub fn silent(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    say!(
        "The engine did not answer for {seconds}\u{a0}seconds.",
        "引擎有 {seconds}\u{a0}秒沒有回應。"
    )
}

/// The weights cannot be looked into.
pub fn no_network(error: &dyn Display) -> String {
    say!(
        "The weights cannot be read ({error}).",
        "無法讀取權重（{error}）。"
    )
}

/// About a block.
pub fn block(maps: usize, side: usize) -> String {
    let half = side / 2;
    say!(
        "{maps} maps of {side} × {side} pixels, {half} × {half} after pooling.",
        "{maps} 張 {side} × {side} 的特徵圖，池化後為 {half} × {half}。"
    )
}

/// Above the nine products.
pub fn products(map: usize, others: usize) -> String {
    if others == 0 {
        return say!(
            "Nine pixels of the drawing times nine weights:",
            "塗鴉的九個像素乘上九個權重："
        );
    }
    say!(
        "The nine products of map {map} of the block before, which counts most:",
        "前一個區塊中影響最大的特徵圖 {map} 的九個乘積："
    )
}

/// The sum before ReLU.
pub fn sum(nine: f32, (others, count): (f32, usize), shift: f32, all: f32) -> String {
    let (nine, rest, shift, all) = (decimal(nine), plus(others), plus(shift), decimal(all));
    if count == 0 {
        return say!(
            "{nine} {shift} (bias) = {all}",
            "{nine} {shift}（偏差）= {all}"
        );
    }
    say!(
        "{nine} {rest} (the other {count} maps) {shift} (bias) = {all}",
        "{nine} {rest}（其他 {count} 張特徵圖）{shift}（偏差）= {all}"
    )
}

/// The window of four and its largest.
pub fn largest(window: [f32; 4], winner: usize) -> String {
    let [a, b, c, d] = window.map(decimal);
    let largest = decimal(window[winner]);
    say!(
        "The largest of four, max({a}, {b}, {c}, {d}) = {largest}, wins.",
        "四個之中最大的勝出：max({a}, {b}, {c}, {d}) = {largest}。"
    )
}

/// The value after ReLU.
pub fn after_relu(value: f32) -> String {
    let value = decimal(value);
    say!(
        "ReLU cuts what is below 0: {value}",
        "ReLU 去除小於 0 的部分：{value}"
    )
}

/// The accuracy's first condition.
pub fn accuracy(pictures: u64, balanced: f64) -> String {
    let pictures = grouped(pictures as usize);
    say!(
        "of {pictures} doodles are classified correctly; {:.1}% on average over the classes.",
        "以 {pictures} 張塗鴉測得的準確率；各類別平均為 {:.1}%。",
        balanced * 100.0
    )
}

/// What is called as it is in the log.
#[cfg(test)]
pub const COLUMNS: [&str; 16] = [
    "confusion_loss",
    "feature_loss",
    "gradient_norm",
    "used_rate",
    "class_loss",
    "domain_loss",
    "information_maximisation_loss",
    "consistency_loss",
    "distillation_loss",
    "pseudo_label_loss",
    "source_accuracy",
    "validation_accuracy",
    "domain_accuracy",
    "doodle_accuracy",
    "lambda",
    "learning_rate",
];

#[cfg(test)]
mod tests;
