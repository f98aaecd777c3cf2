//! What was tried and did not help, from docs/accuracy.md.

use leptos::prelude::*;

use crate::language::{Text, texts};

texts! {
    /// Tried and not kept.
    CONTRASTIVE: "A contrastive loss between two views of a doodle: 79.3% of the doodles instead of 82.5%.",
        "在塗鴉的兩個視角之間加上對比損失：塗鴉準確率 79.3%，不加則為 82.5%。";
    /// Tried and not kept.
    GREY: "Photos in grey and as gradients, without edges: 79.3% instead of 82.5%. Cats gain, spiders and horses lose more.",
        "照片只用灰階與梯度、不用邊緣：79.3%，原為 82.5%。貓進步了，蜘蛛與馬退步更多。";
    /// Tried and not kept.
    MIXUP: "Mixing photos in pairs (mixup): 67.8% of held-out photos instead of 68.6%.",
        "把照片兩兩混合（mixup）：保留照片的準確率 67.8%，不混合則為 68.6%。";
    /// Tried and not kept.
    NO_REGULARISERS: "A student without information maximisation and consistency: 82.5%, while its teachers reach 86.4%.",
        "學生網路不用資訊最大化與一致性：82.5%，而它的教師有 86.4%。";
    /// Tried and not kept.
    EARLY: "Information maximisation from the first step on: 47.7% instead of 71.7%. It must wait until the classifier is better than chance.",
        "從第一步就使用資訊最大化：47.7%，原為 71.7%。必須等分類器比隨機猜測好才能開始。";
    /// Tried and not kept.
    OUTLINES: "Outlines of what is lighter or darker than the rest as one more picture of a photo: 71.2% instead of 75.4%; cats vanish.",
        "再加上以明暗區分的輪廓圖：71.2%，原為 75.4%；貓不見了。";
    /// Tried and not kept.
    ROUNDS: "A student’s student’s student, round after round: 87.7, 87.8, 87.8, 87.7, then 87.3%.",
        "一代又一代的學生網路：87.7%、87.8%、87.8%、87.7%，然後 87.3%。";
}

/// The attempts as a list.
#[component]
pub fn FailedPiece() -> impl IntoView {
    const ALL_TEXTS: [Text; 7] = [
        CONTRASTIVE,
        GREY,
        MIXUP,
        NO_REGULARISERS,
        EARLY,
        OUTLINES,
        ROUNDS,
    ];
    let item = |text: Text| view! { <li>{text}</li> };
    view! { <ul class="story-failures" role="list">{ALL_TEXTS.map(item).collect_view()}</ul> }
}
