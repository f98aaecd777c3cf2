//! The sentences about the two networks.

use crate::language::{say, texts};

texts! {
    /// The heading.
    TITLE: "What adaptation changes", "領域自適應帶來的差異";
    /// What the two have in common.
    EXPLANATION:
        "Two networks of the same size, trained on labelled photos. One was also adapted to doodles without labels.",
        "兩個一樣大的神經網路，以有標籤的照片訓練；其中一個再以沒有標籤的塗鴉做領域自適應。";
    /// While the second network comes.
    LOADING: "loading …", "載入中……";
    /// Where a network has nothing to answer.
    NOTHING: "nothing yet", "還沒有答案";
    /// The networks name different classes.
    DIFFER: "They differ: this is what adaptation changed.", "答案不同：這就是領域自適應帶來的差異。";
    /// The networks name the same class.
    AGREE: "They agree on this one.", "這次兩者的答案相同。";
    /// The link that leads from other weights to the site's.
    BACK: "Back to Edgewise’s weights", "改回 Edgewise 的權重";
    /// The name of the network that was trained on photos alone.
    PHOTOS_ONLY: "Photos only", "只用照片";
    /// The name of the adapted network.
    ADAPTED: "Adapted", "領域自適應";
    /// Starts the second network again.
    TRY_AGAIN: "Try again", "再試一次";
    /// In place of an answer where the second network does not run.
    NOT_RUNNING: "“Photos only” is not running: choose it again", "「只用照片」沒有執行，請再選一次";
    /// The same where only another page helps.
    OUTDATED: "“Photos only” is not running: reload the page", "「只用照片」沒有執行，請重新載入頁面";
}

/// Which other weights are in use.
pub fn own_weights(name: &str) -> String {
    say!(
        "These answers come from the weights “{name}”.",
        "這些答案來自權重「{name}」。"
    )
}

/// The measured accuracy of a network, 0 to 1.
pub fn accuracy(accuracy: f64) -> String {
    say!(
        "{:.0}% accuracy on doodles",
        "塗鴉準確率 {:.0}%",
        accuracy * 100.0
    )
}
