//! The sentences of the laboratory.

use crate::language::{Text, say, texts};

texts! {
    /// What the laboratory is.
    WHAT: "Points in place of pictures: filled points have labels, like photos, and are the source; grey rings have none, like doodles, and are the target. F moves each point to a plane of features. There C learns the labels of the filled points, and D learns to tell filled points from rings; F learns to help C and to mislead D. Watch what that does to the rings.",
        "用點代替圖片：實心點像照片，有標籤，是來源；灰色空心圈像塗鴉，沒有標籤，是目標。F 把每個點移到特徵平面上。在那裡，C 學習實心點的標籤，D 學著分辨實心點與空心圈；F 則學著幫助 C、誤導 D。看看這會對空心圈造成什麼影響。";
    /// The name of the strip of lessons.
    LESSONS: "Lessons", "課程";
    /// Leaves the lesson.
    FREE: "Free", "自由實驗";
    /// Above the input plane.
    INPUT_PLANE: "Input", "輸入平面";
    /// The input plane for screen readers.
    INPUT_LABEL: "The input plane: labelled source points, target points as rings, and the regions of the label predictor. The numbers are in the table below.",
        "輸入平面：有標籤的來源點、以圓圈表示的目標點，以及標籤預測器的分類區域。數值請見下方表格。";
    /// Above the feature plane.
    FEATURE_PLANE: "Features", "特徵平面";
    /// The feature plane for screen readers.
    FEATURE_LABEL: "The feature plane: the same points where the feature extractor puts them, and the domain classifier’s prediction at each place.",
        "特徵平面：同樣的點經過特徵擷取器後的位置，以及領域分類器對每個位置的判斷。";
    /// Shows the arrows.
    ARROWS: "Arrows", "箭頭";
    /// What the arrows are.
    ARROWS_LEGEND: "Thin: where D’s own gradient would move a point. Thick: where F is told to move it, reversed and scaled by lambda.",
        "細箭頭：D 的梯度會把點移往的方向。粗箭頭：F 實際收到的方向，經過反轉並乘上 λ。";
    /// Before a loss.
    LOSS: "loss", "損失";
    /// Before a network is pointed at.
    POINT_AT_ONE: "Point at a box to see what it reads and what its gradient touches.", "把游標移到方塊上，看它讀取什麼、梯度影響什麼。";
    /// About F.
    ABOUT_F: "F reads all points and puts them on the feature plane. It gets C’s gradient, and D’s reversed and scaled by lambda. Its loss is C’s minus lambda times D’s, so it may be below 0.",
        "F 讀取所有的點，把它們放到特徵平面上。它收到 C 的梯度，以及反轉並乘上 λ 的 D 的梯度。它的損失是 C 的損失減去 λ 乘 D 的損失，因此可能小於 0。";
    /// About F with the confusion loss.
    ABOUT_F_CONFUSION: "F reads all points and puts them on the feature plane. It gets C’s gradient, and that of the confusion loss scaled by lambda. Its loss is C’s plus lambda times the confusion loss.",
        "F 讀取所有的點，把它們放到特徵平面上。它收到 C 的梯度，以及乘上 λ 的混淆損失梯度。它的損失是 C 的損失加上 λ 乘混淆損失。";
    /// About F where nothing of D reaches it.
    ABOUT_F_ALONE: "F reads the points and puts them on the feature plane. In this run nothing of D reaches it: it gets C’s gradient, and those of the losses on the rings that have a weight below.",
        "F 讀取點，把它們放到特徵平面上。這次執行中 D 不影響它：它收到 C 的梯度，以及下方設定了權重的空心圈損失的梯度。";
    /// About C.
    ABOUT_C: "C reads the features of the source points alone and learns their labels. The colours of the input plane are its predictions.",
        "C 只讀取來源點的特徵，學習它們的標籤。輸入平面上的顏色就是它的判斷。";
    /// About D.
    ABOUT_D: "D reads all features and learns which domain each came from. Blue on the feature plane: source; vermilion: target.",
        "D 讀取所有特徵，學習每個特徵來自哪個領域。特徵平面上藍色代表來源，朱紅色代表目標。";
    /// What lambda is.
    LAMBDA_WEIGHS: "Lambda is the weight of D’s reversed gradient: at 0, nothing of D reaches F.", "λ 是 D 的反轉梯度的權重；λ 為 0 時，D 不影響 F。";
    /// Below the input plane.
    INPUT_LEGEND: "Filled: source, coloured by label. Rings: target. Background: C’s prediction.", "實心：來源，顏色代表標籤。空心圈：目標。背景：C 的判斷。";
    /// Below the feature plane.
    FEATURE_LEGEND_ALONE: "The same points as F places them. Line: C’s boundary between the classes. D is not used in this run.", "同樣的點經 F 移動後的位置。線：C 的類別分界線。這次執行沒有用到 D。";
    /// Below the feature plane.
    FEATURE_LEGEND: "The same points as F places them. Background: D’s prediction, blue for source, vermilion for target. Line: C’s boundary between the classes.", "同樣的點經 F 移動後的位置。背景：D 的判斷，藍色為來源，朱紅色為目標。線：C 的類別分界線。";
    /// What lambda is with the confusion loss.
    LAMBDA_WEIGHS_CONFUSION: "Lambda is the weight of the confusion loss: at 0, nothing of D reaches F.", "λ 是混淆損失的權重；λ 為 0 時，D 不影響 F。";
    /// The controls of the run.
    PLAYING: "Run", "執行控制";
    /// Runs.
    RUN: "Run", "執行";
    /// Pauses.
    PAUSE: "Pause", "暫停";
    /// One step of everything.
    STEP_ALL: "One step", "一步";
    /// One step of D.
    STEP_D: "D alone", "只訓練 D";
    /// One step of F and C.
    STEP_FC: "F and C alone", "只訓練 F 與 C";
    /// One step, a sentence at a time.
    SLOW: "Slow motion", "慢動作";
    /// Begins anew.
    RESET: "Start over", "重新開始";
    /// How fast.
    SPEED: "Speed", "速度";
    /// Slow-motion sentence.
    SLOW_MAPS: "F maps the points of both domains to the feature plane.", "F 把兩個領域的點映射到特徵平面。";
    /// Slow-motion sentence.
    SLOW_JUDGES: "D predicts which domain each feature came from; its loss measures how wrong it is.", "D 判斷每個特徵來自哪個領域，損失反映它的錯誤。";
    /// Slow-motion sentence.
    SLOW_UPDATE_D: "D is updated, and tells the domains apart a little better.", "D 更新了，稍微更能分辨兩個領域。";
    /// Slow-motion sentence.
    SLOW_CLASSES: "C classifies the source points; only they have labels.", "C 分類來源點；只有它們有標籤。";
    /// Slow-motion sentence.
    SLOW_REVERSED: "F gets C’s gradient, and D’s reversed and scaled by lambda: make C right and D wrong.", "F 收到 C 的梯度，以及反轉並乘上 λ 的 D 的梯度：讓 C 答對、讓 D 答錯。";
    /// Slow-motion sentence.
    SLOW_CONFUSION: "F gets C’s gradient, and lambda times that of the confusion loss: make C right and D undecided.", "F 收到 C 的梯度，以及乘上 λ 的混淆損失梯度：讓 C 答對、讓 D 無法判斷。";
    /// Slow-motion sentence.
    SLOW_NOTHING: "F gets C’s gradient. Lambda is 0, so nothing of D reaches it.", "F 收到 C 的梯度。λ 為 0，所以 D 不影響它。";
    /// Slow-motion sentence.
    SLOW_RINGS: "F and C get the gradients of the losses on the rings as well: no label is needed for these.", "F 與 C 也收到空心圈損失的梯度：這些不需要標籤。";
    /// Slow-motion sentence.
    SLOW_UPDATE: "F and C are updated; the points move, and the next step begins.", "F 與 C 更新了；點移動，下一步開始。";
    /// Slow-motion sentence.
    SLOW_UPDATE_ALONE: "F and C are updated from the source alone; the rings play no part.", "F 與 C 只依來源點更新；空心圈沒有參與。";
    /// Accuracy on the source.
    SOURCE_ACCURACY: "Source accuracy", "來源準確率";
    /// Accuracy on the target.
    TARGET_ACCURACY: "Target accuracy", "目標準確率";
    /// D's accuracy.
    DOMAIN_ACCURACY: "D’s accuracy", "D 的準確率";
    /// In place of the accuracy that the visitor is asked about.
    HIDDEN: "hidden", "隱藏";
    /// The fold with the numbers.
    TABLE: "Numbers as a table", "以表格顯示數值";
    /// A column.
    STEP: "Step", "步數";
    /// Lambda.
    LAMBDA: "Lambda", "λ（對抗的權重）";
    /// The value of a constant lambda.
    LAMBDA_VALUE: "Value of lambda", "λ 的值";
    /// Settings.
    DATA: "Data", "資料";
    /// Settings.
    ADVERSARY: "Adversary", "對抗訓練";
    /// Settings.
    TRAINING: "Training", "訓練";
    /// Which data.
    SCENE: "Points", "資料點";
    /// Data.
    MOONS: "Two moons, turned", "兩個月牙（旋轉）";
    /// Data.
    BLOBS: "Two clusters, shifted", "兩個群集（平移）";
    /// Data.
    SWAPPED: "Classes swapped", "類別互換";
    /// Data.
    THREE: "Three classes, turned", "三個類別（旋轉）";
    /// Data.
    DRAW_YOUR_OWN: "Draw your own", "自己畫";
    /// What the brush draws.
    BRUSH: "Brush", "畫筆";
    /// The brush.
    BRUSH_SOURCE_1: "Source, first class", "來源：第一類";
    /// The brush.
    BRUSH_SOURCE_2: "Source, second class", "來源：第二類";
    /// The brush.
    BRUSH_TARGET_1: "Target, first class", "目標：第一類";
    /// The brush.
    BRUSH_TARGET_2: "Target, second class", "目標：第二類";
    /// How to use the brush.
    BRUSH_NOTE: "Draw on the input plane. Labels of target points stay hidden from training; they only measure accuracy.",
        "在輸入平面上畫。目標點的標籤不會用於訓練，只用來計算準確率。";
    /// Takes back the last stroke.
    UNDO: "Undo the last stroke", "復原上一筆";
    /// Takes all drawn points away.
    CLEAR: "Clear my points", "清除我畫的點";
    /// Change.
    ANGLE: "Target turned by, degrees", "目標旋轉角度";
    /// Change.
    SHIFT: "Target shifted by", "目標平移距離";
    /// Change.
    SHARE: "Share of the first class in the target", "目標中第一類的比例";
    /// Change.
    SWAP: "How far the classes are swapped", "類別互換的程度";
    /// Noise.
    NOISE: "Noise", "雜訊";
    /// Seed.
    SEED: "Seed", "隨機種子";
    /// Variant.
    VARIANT: "Variant", "變體";
    /// Variant.
    SOURCE_ONLY: "Source only", "只用來源";
    /// Variant.
    TWO_STEP: "Two steps: class loss − λ · domain loss", "兩步：分類損失 − λ · 領域損失";
    /// Variant.
    REVERSAL: "Gradient reversal", "梯度反轉";
    /// Variant.
    CONFUSION: "Confusion loss", "混淆損失";
    /// Schedule.
    CONSTANT: "Constant", "固定";
    /// Schedule.
    LOG: "Logarithmic, 0.02 to 1", "對數，0.02 到 1";
    /// Schedule.
    PAPER: "As in the DANN paper, 0 to 1", "DANN 論文的排程，0 到 1";
    /// Steps of D.
    DOMAIN_STEPS: "Steps of D per step of F", "F 每一步，D 走幾步";
    /// Learning rate.
    RATE: "Learning rate", "學習率";
    /// Width.
    WIDTH: "Units per layer", "每層單元數";
    /// Information maximisation.
    IM: "Weight of information maximisation", "資訊最大化的權重";
    /// Consistency.
    CONSISTENCY: "Weight of consistency", "一致性的權重";
    /// The runs of a lesson.
    RUNS: "Runs", "執行";
    /// Below a question.
    ANSWER_FIRST: "An answer starts the runs: what do you think?", "先猜猜看：選擇答案就開始執行。";
    /// Beside the right answer.
    RIGHT_ANSWER: "the right answer", "正確答案";
    /// How far apart the domains lie.
    SEPARATION: "Distance of the domains", "領域間的距離";
    /// The visitor answered right.
    RIGHT: "Right.", "答對了。";
    /// The visitor did not.
    WRONG: "Not quite.", "不太對。";
    /// Copies the link.
    COPY_LINK: "Copy a link to this state", "複製此狀態的連結";
    /// Copies the element that shows it in another page.
    COPY_FRAME: "Copy code to embed it", "複製嵌入碼";
    /// The title of that element.
    LABORATORY: "Edgewise: the laboratory", "Edgewise：實驗室";
    /// The link was copied.
    COPIED: "Copied.", "已複製。";
    /// The link was copied, but no link holds how the run came about.
    COPIED_START: "Copied. The link opens these settings before the first step, not this run, because settings were changed or networks were trained separately during it.",
        "已複製。開啟後是同樣的設定，但從第一步之前開始，因為這次執行中途改過設定或單獨訓練過。";
    /// The browser refused.
    NOT_COPIED: "The browser refuses to copy. The address bar holds the same link.", "瀏覽器拒絕複製。網址列裡有同樣的連結。";
    /// Shows the hidden labels.
    REVEAL: "Show the hidden labels", "顯示隱藏的標籤";
}

/// The speeds, from the slowest.
pub const SPEEDS: [Text; 4] = [|| "1×", || "4×", || "16×", || "64×"];

/// Lambda, between D and F.
pub fn lambda(value: f32) -> String {
    format!("λ = {value:.2}")
}

/// A loss, with a real minus; what is rounded to zero has none.
pub fn loss(value: f32) -> String {
    let value = if value.abs() < 0.005 { 0.0 } else { value };
    format!("{value:.2}").replace('-', "−")
}

/// How far the run is.
pub fn step(done: u32, all: u32) -> String {
    say!("Step {done} of {all}", "第 {done} 步，共 {all} 步")
}

/// A share as a percentage; a dash where there is none.
pub fn percent(share: f32) -> String {
    if share.is_finite() {
        format!("{:.0}%", 100.0 * share)
    } else {
        "–".into()
    }
}

/// The loss is no longer finite.
pub fn diverged(step: u32) -> String {
    say!(
        "Training diverged in step {step}: lower the learning rate or lambda, and start over.",
        "訓練在第 {step} 步發散：請降低學習率或 λ，再重新開始。"
    )
}

/// A domain has no room for another drawn point.
pub fn full(most: usize) -> String {
    say!(
        "This domain has {most} points, the most it can hold: nothing more is drawn.",
        "這個領域已有 {most} 個點，達到上限，無法再畫。"
    )
}

/// Settings that were refused, and why.
pub fn refused(why: &str) -> String {
    say!(
        "That setting is not allowed: {why}.",
        "不接受這個設定：{why}。"
    )
}

/// A link that cannot be opened, and why.
pub fn bad_link(why: &str) -> String {
    say!(
        "The link cannot be opened: {why}. The laboratory stays as it is.",
        "無法開啟這個連結：{why}。實驗室維持原狀。"
    )
}

/// The worker stopped.
pub fn stopped(reason: &str) -> String {
    say!(
        "The laboratory stopped. {reason} Press Run to start it again.",
        "實驗室停止了。{reason}按「執行」重新啟動。"
    )
}
