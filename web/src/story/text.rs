//! The sentences of the story.

use std::fmt::Display;

use shared::picture::{Direction, Step, Verdict};
use shared::story::{ClassesFrom, Made, Origin};

use crate::language::{say, texts};

texts! {
    /// What the story is.
    WHAT: "How the network on this page was made, in pieces that you can touch: point at pixels, run the film, draw on the map.",
        "這個頁面上的神經網路是怎麼做出來的。每個部分都可以動手：指向像素、播放影片、在地圖上畫畫。";
    /// The links to the chapters.
    CHAPTERS: "Chapters", "章節";

    /// A chapter.
    EDGES_TITLE: "A photo becomes edges", "照片變成邊緣";
    /// Its first sentence.
    EDGES_LEAD: "Photos and doodles look nothing alike. So each photo is shrunk to 32 × 32 grey pixels, and Canny’s method turns it into edges. Point at a pixel, or move the sliders, to see how it is decided.",
        "照片和塗鴉看起來完全不同，所以每張照片先縮成 32 × 32 的灰階圖，再以 Canny 演算法轉成邊緣。指向像素或移動滑桿，看看每個像素如何決定。";
    /// The buttons that choose a photo.
    PHOTOS: "Photo", "照片";
    /// The photo of the photo view.
    OWN_PHOTO: "The photo that is open", "目前開啟的照片";
    /// A step.
    GREY: "1. Grey", "1. 灰階";
    /// About it.
    GREY_ABOUT: "The photo’s square, 32 × 32.", "照片的正方形部分，32 × 32。";
    /// A step.
    GRADIENT: "2. Gradient", "2. 梯度";
    /// About it.
    GRADIENT_ABOUT: "How steeply the grey changes, by Sobel’s two kernels.", "以兩個 Sobel 核計算灰階變化的幅度。";
    /// A step.
    DIRECTION: "3. Direction", "3. 方向";
    /// About it.
    DIRECTION_ABOUT: "Orange ↔, blue ↕, green ⤡, pink ⤢.", "橘 ↔、藍 ↕、綠 ⤡、粉紅 ⤢。";
    /// A step.
    THIN: "4. Thinned", "4. 細化";
    /// About it.
    THIN_ABOUT: "Only the steepest pixel across an edge stays.", "橫跨邊緣的方向上只留下最陡的像素。";
    /// A step.
    EDGES: "5. Edges", "5. 邊緣";
    /// About it.
    EDGES_ABOUT: "White: strong. Orange: weak, kept. Grey: weak, dropped.", "白：強。橘：弱但保留。灰：弱而捨棄。";
    /// Where a pixel lies.
    COLUMN: "Column", "欄";
    /// Where a pixel lies.
    ROW: "Row", "列";
    /// The first kernel's products.
    DX: "To the right:", "向右：";
    /// The second kernel's products.
    DY: "Downwards:", "向下：";

    /// A chapter.
    BOXES_TITLE: "Three networks and 5,000 photos", "三個網路與五千張照片";
    /// Its first sentence.
    BOXES_LEAD: "The same three boxes as in the laboratory, now with pictures in place of points.",
        "與實驗室相同的三個方塊，只是點換成了圖片。";
    /// Before a box is pointed at.
    POINT_AT_BOX: "Point at a box to see what it reads and what it learns.", "把游標移到方塊上，看它讀取什麼、學習什麼。";
    /// In D's box.
    PHOTO_OR_DOODLE: "photo or doodle?", "照片還是塗鴉？";
    /// About F.
    ABOUT_F: "F reads a picture of 32 × 32 pixels and makes 256 numbers of it, the features. It learns to help C and to confuse D: features that classify photos and do not tell photos from doodles.",
        "F 讀取 32 × 32 的圖片，產生 256 個數字，也就是特徵。它學著幫助 C、迷惑 D：特徵要能分類照片，又不能洩漏圖片是照片還是塗鴉。";
    /// About C.
    ABOUT_C: "C reads the features of photos and learns their ten classes. No doodle has a label; what C learned of photos must do for them.",
        "C 讀取照片的特徵，學習十個類別。塗鴉都沒有標籤，只能靠 C 從照片學到的東西。";
    /// About D.
    ABOUT_D: "D reads the features of both and learns which came from a photo. Its gradient reaches F reversed. After training it is thrown away.",
        "D 讀取兩者的特徵，學習哪些來自照片。它的梯度以相反的方向傳給 F。訓練完成後就不再需要它。";

    /// A chapter.
    FILM_TITLE: "Two domains become one", "兩個領域合而為一";
    /// Its first sentence.
    FILM_LEAD: "Each point is a picture. Points that lie together have similar features (t-SNE). Run the film to see them move during training; point at one to see what it is.",
        "每個點是一張圖片，靠在一起的點有相似的特徵（t-SNE）。播放影片看它們在訓練中如何移動，指向一個點看它是什麼。";
    /// The film for screen readers.
    FILM_LABEL: "The film: pictures as points, close where the network’s features are similar. The sliders beside it move it and choose a point.",
        "影片：每張圖片是一個點，特徵相似的靠在一起。旁邊的滑桿可以播放位置與選擇點。";
    /// Runs the film.
    PLAY: "Play", "播放";
    /// Stops it.
    PAUSE: "Pause", "暫停";
    /// Where the film is.
    SNAPSHOT: "Snapshot", "快照";
    /// What decides on colours.
    COLOURS: "Colour by", "著色依據";
    /// Colours.
    BY_CLASS: "Class", "類別";
    /// Colours.
    BY_DOMAIN: "Photo or doodle", "照片或塗鴉";
    /// A marker.
    PHOTO_MARKER: "photo", "照片";
    /// A marker.
    DOODLE_MARKER: "doodle", "塗鴉";
    /// The colours of classes.
    CLASSES: "Classes: press one to make it stand out", "類別（按一下可突顯）";
    /// Chooses a point.
    POINT: "Point", "點";
    /// Before a point is chosen.
    POINT_AT_POINT: "Point at one of them.", "指向其中一個點。";

    /// A chapter.
    MAP_TITLE: "Your own drawing on the map", "你的塗鴉在地圖上的位置";
    /// Its first sentence.
    MAP_LEAD: "Draw: the five doodles with the most similar features decide where your drawing lies, and it moves as you draw.",
        "畫畫看：特徵最相似的五張塗鴉決定你的塗鴉在哪裡，它會隨著你的筆移動。";
    /// On the empty sheet.
    DRAW_HERE: "Draw here", "在這裡畫";
    /// Ready-made drawings.
    READY_MADE: "Or take a drawing that is ready", "或使用現成的塗鴉";
    /// The map for screen readers.
    MAP_LABEL: "The map: pictures as points, and your drawing among its five nearest doodles, which are listed below.",
        "地圖：圖片以點表示，你的塗鴉位於最近的五張塗鴉之間，清單在下方。";
    /// The list of neighbours.
    NEAREST: "Its five nearest doodles", "最近的五張塗鴉";
    /// Before anything is drawn.
    DRAW_FIRST: "Draw something first.", "請先畫點什麼。";
    /// What the network says of nothing.
    SAYS_NOTHING: "Draw something, and the network answers here.", "畫點什麼，網路會在這裡回答。";

    /// The fold.
    DEEPER: "One level deeper: what each block makes of your drawing", "再深入一層：每個區塊如何處理你的塗鴉";
    /// Its first sentence.
    DEEPER_LEAD: "Five blocks, each a 3 × 3 convolution, batch normalisation, ReLU and 2 × 2 max pooling. Choose a block, point at a map and at a pixel.",
        "五個區塊，每個都是 3 × 3 卷積、批次正規化、ReLU 與 2 × 2 最大池化。選擇區塊，再指向特徵圖與像素。";
    /// The buttons.
    BLOCKS: "Block", "區塊";
    /// Chooses a map.
    MAP: "Map", "特徵圖";
    /// The maps.
    ATLAS_LABEL: "All maps of the block after pooling", "區塊池化後的所有特徵圖";
    /// A map.
    BEFORE_POOLING: "Before pooling: the winner of each four has a frame", "池化前：每四個像素中的最大者有外框";
    /// A map.
    AFTER_POOLING: "After pooling", "池化後";

    /// A chapter.
    CURVES_TITLE: "The run in numbers", "訓練過程的數字";
    /// Its first sentence.
    CURVES_LEAD: "What was logged after each epoch. Accuracies run from 0 to 100%, each loss from 0 to its own largest value. Labels of doodles were never trained on; where they appear, they only measure.",
        "每個訓練週期後的紀錄。準確率的範圍是 0 到 100%，損失則從 0 到各自的最大值。塗鴉的標籤從未用於訓練，只用來測量。";
    /// The fold with the numbers.
    TABLE: "Numbers as tables", "以表格顯示數值";
    /// A column.
    EPOCH: "Epoch", "週期";

    /// A chapter.
    CONFUSION_TITLE: "How accurate it is, and what it confuses", "有多準確，又混淆了什麼";
    /// Its first sentence.
    CONFUSION_LEAD: "Animals seen from the side are confused most; people would confuse many of them, too.",
        "最常混淆的是側面的動物，其中不少連人也會認錯。";
    /// The matrix for screen readers.
    CONFUSION_LABEL: "Confusion matrix", "混淆矩陣";
    /// Above the matrix.
    CONFUSION_CAPTION: "Label down, prediction across: numbers of doodles", "縱向為標籤，橫向為預測：塗鴉張數";
    /// The corner of the matrix.
    LABEL: "Label", "標籤";
    /// Where no labels were given.
    NOT_MEASURED: "Nothing was measured for this story.", "這份故事沒有測量結果。";

    /// A chapter.
    FAILED_TITLE: "What failed", "失敗的嘗試";
    /// Its first sentence.
    FAILED_LEAD: "Each was tried once, on doodles with even ids unless it says otherwise: hints, not results.",
        "每項只試過一次；除非另外說明，都以編號為偶數的塗鴉測量。這些是線索，不是定論。";

    /// The site has no story's file.
    ABSENT: "This site comes without the story’s file: the film, the map, the curves and the confusion matrix are missing. Everything else works.",
        "這個網站沒有附上故事檔案，因此沒有影片、地圖、曲線與混淆矩陣，其他部分都能使用。";
    /// It did not come.
    UNREACHABLE: "The file did not arrive: check the connection.", "檔案沒有送達，請檢查網路連線。";
}

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
        "The file has {bytes} bytes, more than any story.",
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

/// 12345 as "12,345".
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && index % 3 == first {
            text.push(',');
        }
        text.push(digit);
    }
    text
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

/// A column of the log; one that is not known is called as it is.
pub fn column(name: &str) -> String {
    let (english, chinese) = match name {
        "class_loss" => ("Class loss", "類別損失"),
        "domain_loss" => ("Domain loss", "領域損失"),
        "information_maximisation_loss" => ("Information maximisation", "資訊最大化損失"),
        "consistency_loss" => ("Consistency loss", "一致性損失"),
        "distillation_loss" => ("Distillation loss", "蒸餾損失"),
        "contrastive_loss" => ("Contrastive loss", "對比損失"),
        "pseudo_label_loss" => ("Pseudo-label loss", "偽標籤損失"),
        "source_accuracy" => ("Accuracy on training photos", "訓練照片的準確率"),
        "validation_accuracy" => ("Accuracy on held-out photos", "保留照片的準確率"),
        "domain_accuracy" => ("D’s accuracy", "D 的準確率"),
        "doodle_accuracy" => ("Accuracy on doodles", "塗鴉的準確率"),
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
pub fn axes(top: &str, epochs: u32) -> String {
    say!("0 to {top}, {epochs} epochs", "0 到 {top}，{epochs} 個週期")
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
        "Your drawing cannot be placed. {reason}",
        "無法標出你的塗鴉的位置。{reason}"
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
    let (nine, rest, shift, all) = (decimal(nine), decimal(others), decimal(shift), decimal(all));
    if count == 0 {
        return say!(
            "{nine} + {shift} (bias) = {all}",
            "{nine} + {shift}（偏差）= {all}"
        );
    }
    say!(
        "{nine} + {rest} (the other {count} maps) + {shift} (bias) = {all}",
        "{nine} + {rest}（其他 {count} 張特徵圖）+ {shift}（偏差）= {all}"
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
pub const COLUMNS: [&str; 13] = [
    "class_loss",
    "domain_loss",
    "information_maximisation_loss",
    "consistency_loss",
    "distillation_loss",
    "contrastive_loss",
    "pseudo_label_loss",
    "source_accuracy",
    "validation_accuracy",
    "domain_accuracy",
    "doodle_accuracy",
    "lambda",
    "learning_rate",
];

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn what_is_rounded_to_zero_has_no_sign() {
        assert_eq!(decimal(-0.001), "0.00");
    }

    #[test]
    fn numbers_are_grouped_and_have_a_real_minus() {
        let all = [7, 999, 1000, 10_000, 1_234_567].map(grouped);
        assert_eq!(all, ["7", "999", "1,000", "10,000", "1,234,567"]);
        assert_eq!((signed(-12), decimal(-0.5)), ("−12".into(), "−0.50".into()));
    }
}
