//! The words that the laboratory is written in, for whoever meets them here first.

use leptos::prelude::*;

use crate::language::{Text, texts};

texts! {
    /// The fold's name.
    WORDS: "What the words mean", "名詞解釋";
    /// A word.
    DOMAIN: "Domain", "領域";
    /// What it means.
    DOMAIN_MEANS: "Where points come from: the source or the target.", "點的出處：來源或目標。";
    /// A word.
    FEATURES: "Features", "特徵";
    /// What it means.
    FEATURES_MEAN: "The numbers that F makes of a point. Here there are two, so that they can be drawn; the network that classifies doodles has 256.",
        "F 由一個點算出的數值。這裡有兩個，所以能畫出來；辨識塗鴉的網路有 256 個。";
    /// A word.
    LOSS: "Loss", "損失";
    /// What it means.
    LOSS_MEANS: "How wrong predictions are, as one number: the mean over the points. Training makes it smaller.",
        "用一個數值表示判斷錯得多嚴重：所有點的平均。訓練就是讓它變小。";
    /// A word.
    GRADIENT: "Gradient", "梯度";
    /// What it means.
    GRADIENT_MEANS: "In which direction a loss rises, and how steeply. A step changes every weight of a network a little in the opposite direction.",
        "損失往哪個方向上升，以及上升得多快。每一步都把網路的每個權重往反方向稍微調整。";
    /// A word.
    BOUNDARY: "Boundary", "分界線";
    /// What it means.
    BOUNDARY_MEANS: "Where the prediction changes from one class to another.", "判斷從一個類別變成另一個類別的地方。";
    /// A word.
    SEED: "Seed", "隨機種子";
    /// What it means.
    SEED_MEANS: "The number from which all random choices follow: points, first weights and noise. The same seed gives the same run.",
        "決定所有隨機選擇的數字：資料點、初始權重與雜訊。相同的種子會得到相同的結果。";
    /// A word.
    MEDIAN: "Median", "中位數";
    /// What it means.
    MEDIAN_MEANS: "Of several values in order, the one in the middle.", "把幾個數值依大小排列後，位於中間的那一個。";
}

/// A fold with a sentence about each word.
#[component]
pub fn Words() -> impl IntoView {
    let words: [(Text, Text); 7] = [
        (DOMAIN, DOMAIN_MEANS),
        (FEATURES, FEATURES_MEAN),
        (LOSS, LOSS_MEANS),
        (GRADIENT, GRADIENT_MEANS),
        (BOUNDARY, BOUNDARY_MEANS),
        (SEED, SEED_MEANS),
        (MEDIAN, MEDIAN_MEANS),
    ];
    let entry = |(word, meaning): (Text, Text)| {
        view! {
            <dt>{word}</dt>
            <dd>{meaning}</dd>
        }
    };
    view! {
        <details class="lab-words">
            <summary>{WORDS}</summary>
            <dl>{words.map(entry)}</dl>
        </details>
    }
}
