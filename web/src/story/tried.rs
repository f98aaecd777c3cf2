//! What was tried and helped, and what did not, from docs/accuracy.md.

use leptos::prelude::*;

use super::text;
use crate::language::{Text, texts};

texts! {
    /// The most that one loss gave.
    MAXIMISATION: "Information maximisation: from 46.3% to 68.1% of the doodles (a small network, 30 epochs).",
        "資訊最大化：塗鴉準確率從 46.3% 提高到 68.1%（小型網路，30 個週期）。";
    /// What the next loss gave.
    CONSISTENCY: "Consistency, the same prediction for a doodle and a distorted copy of it: from 68.1% to 71.7% (the same network).",
        "一致性，也就是塗鴉與變形後的副本要有相同的預測：從 68.1% 提高到 71.7%（同一個網路）。";
    /// What D is good for.
    ADVERSARY: "The adversary D, with lambda 0.1: without it the result depends on the seed, 75.4% with one and 63.2% with another; with it, 71.7% and 74.9%.",
        "對手 D，λ 為 0.1：沒有它時，結果取決於隨機種子，一個是 75.4%，另一個是 63.2%；有它時是 71.7% 與 74.9%。";
    /// What two further means gave.
    STROKES: "Doodles whose strokes are changed one by one, and labels of photos smoothed by 0.2 instead of 0.1: from 84.4% to 86.1% for one network.",
        "逐筆改變塗鴉的筆畫，並把照片標籤的平滑從 0.1 提高到 0.2：單一網路從 84.4% 提高到 86.1%。";
    /// What distillation gave.
    STUDENTS: "A student of two networks, trained on their averaged predictions (distillation): from 86.4% for the better of them to 86.9%, and its confidence is off by 4 points, theirs by 9 and 10.",
        "以兩個網路的平均預測訓練學生網路（蒸餾）：從較好的網路的 86.4% 提高到 86.9%；信心與準確率差 4 個百分點，原本的兩個網路差 9 個與 10 個。";
    /// Tried and not kept.
    CONTRASTIVE: "A contrastive loss between two augmented copies of a doodle: 79.3% of the doodles instead of 82.5%.",
        "在同一張塗鴉的兩個擴增版本之間加上對比損失：塗鴉準確率 79.3%，不加則為 82.5%。";
    /// Tried and not kept.
    GREY: "Photos in grey and as gradients, without edges: 79.3% instead of 82.5%. Cats gain, spiders and horses lose more.",
        "照片只用灰階與梯度、不用邊緣：79.3%，原為 82.5%。貓進步了，蜘蛛與馬退步更多。";
    /// Tried and not kept.
    MIXUP: "Mixing photos in pairs (mixup): 67.8% of held-out photos instead of 68.6%.",
        "把照片兩兩混合（mixup）：保留照片的準確率 67.8%，不混合則為 68.6%。";
    /// Tried and not kept.
    LONGER: "Training for 200 epochs instead of 120: 85.6% instead of 86.4%.",
        "訓練 200 個週期而不是 120 個：85.6%，原為 86.4%。";
    /// Tried and not kept.
    EARLY: "Information maximisation and consistency from the first step on: 47.7% instead of 71.7%. They must wait until the classifier is better than chance.",
        "從第一步就使用資訊最大化與一致性：47.7%，原為 71.7%。必須等分類器比隨機猜測好才能開始。";
    /// Tried and not kept.
    OUTLINES: "Outlines of what is lighter or darker than the rest as one more picture of a photo: 71.2% instead of 75.4%; cats vanish.",
        "再加上以明暗區分的輪廓圖：71.2%，原為 75.4%；貓不見了。";
    /// Tried and not kept.
    ROUNDS: "A student’s student’s student, round after round: 87.7, 87.8, 87.8, 87.7, then 87.3%.",
        "一代又一代的學生網路：87.7%、87.8%、87.8%、87.7%，然後 87.3%。";
}

/// What helped, and what failed, as lists.
#[component]
pub fn TriedPiece() -> impl IntoView {
    const HELPED: [Text; 5] = [MAXIMISATION, CONSISTENCY, ADVERSARY, STROKES, STUDENTS];
    const FAILED: [Text; 7] = [CONTRASTIVE, GREY, MIXUP, LONGER, EARLY, OUTLINES, ROUNDS];
    let item = |text: Text| view! { <li>{text}</li> };
    view! {
        <ul class="story-tried helped" role="list" id="story-helped">{HELPED.map(item).collect_view()}</ul>
        <h3>{text::FAILED_TITLE}</h3>
        <p class="story-lead">{text::FAILED_LEAD}</p>
        <ul class="story-tried" role="list" id="story-failures">{FAILED.map(item).collect_view()}</ul>
    }
}
