//! The sentences of the lessons.

use laboratory::lessons::{LessonId, RunId};

use crate::language::{Text, texts};

/// What a lesson says.
#[derive(Clone, Copy)]
pub struct LessonText {
    /// Its title.
    pub title: Text,
    /// What there is to see.
    pub scene: Text,
    /// Asked before the runs.
    pub question: Text,
    /// The possible answers.
    pub answers: [Text; 3],
    /// What the runs show, and why.
    pub explanation: Text,
}

/// A lesson's sentences.
pub fn text_of(id: LessonId) -> LessonText {
    match id {
        LessonId::SourceOnly => LessonText {
            title: SOURCE_TITLE,
            scene: SOURCE_SCENE,
            question: SOURCE_QUESTION,
            answers: [SOURCE_1, SOURCE_2, SOURCE_3],
            explanation: SOURCE_EXPLANATION,
        },
        LessonId::Alignment => LessonText {
            title: ALIGN_TITLE,
            scene: ALIGN_SCENE,
            question: ALIGN_QUESTION,
            answers: [ALIGN_1, ALIGN_2, ALIGN_3],
            explanation: ALIGN_EXPLANATION,
        },
        LessonId::LambdaTooLarge => LessonText {
            title: EARLY_TITLE,
            scene: EARLY_SCENE,
            question: EARLY_QUESTION,
            answers: [EARLY_1, EARLY_2, EARLY_3],
            explanation: EARLY_EXPLANATION,
        },
        LessonId::ConfidentlyWrong => LessonText {
            title: WRONG_TITLE,
            scene: WRONG_SCENE,
            question: WRONG_QUESTION,
            answers: [WRONG_1, WRONG_2, WRONG_3],
            explanation: WRONG_EXPLANATION,
        },
        LessonId::UnequalShares => LessonText {
            title: SHARES_TITLE,
            scene: SHARES_SCENE,
            question: SHARES_QUESTION,
            answers: [SHARES_1, SHARES_2, SHARES_3],
            explanation: SHARES_EXPLANATION,
        },
        LessonId::Consistency => LessonText {
            title: CONSISTENCY_TITLE,
            scene: CONSISTENCY_SCENE,
            question: CONSISTENCY_QUESTION,
            answers: [CONSISTENCY_1, CONSISTENCY_2, CONSISTENCY_3],
            explanation: CONSISTENCY_EXPLANATION,
        },
    }
}

/// The name of a run.
pub fn run_name(id: RunId) -> Text {
    match id {
        RunId::SourceOnly => RUN_SOURCE_ONLY,
        RunId::Adversary => RUN_ADVERSARY,
        RunId::Large => RUN_LARGE,
        RunId::Growing => RUN_GROWING,
        RunId::DomainLoss => RUN_DOMAIN_LOSS,
        RunId::Confusion => RUN_CONFUSION,
        RunId::Swapped => RUN_SWAPPED,
        RunId::Consistency => RUN_CONSISTENCY,
        RunId::Both => RUN_BOTH,
    }
}

texts! {
    /// A run.
    RUN_SOURCE_ONLY: "Without adaptation", "不做適應";
    /// A run.
    RUN_ADVERSARY: "With the adversary", "加入對抗";
    /// A run.
    RUN_LARGE: "Lambda 10 from the first step", "第一步起 λ = 10";
    /// A run.
    RUN_GROWING: "Lambda from 0 to 1", "λ 從 0 到 1";
    /// A run.
    RUN_DOMAIN_LOSS: "Minus the domain loss", "減去領域損失";
    /// A run.
    RUN_CONFUSION: "Confusion loss", "混淆損失";
    /// A run.
    RUN_SWAPPED: "Classes swapped", "類別互換";
    /// A run.
    RUN_CONSISTENCY: "Consistency instead", "改用一致性";
    /// A run.
    RUN_BOTH: "Consistency and information maximisation", "一致性加資訊最大化";

    /// Without adaptation.
    SOURCE_TITLE: "Without adaptation", "不做適應";
    /// Without adaptation.
    SOURCE_SCENE: "The rings are the same moons, turned by 25 degrees. The network learns from the labelled points alone. The rings have hidden labels: training never reads them, they only measure accuracy.",
        "空心圈是同樣的月牙，旋轉了 25 度。網路只從有標籤的點學習。空心圈的標籤是隱藏的：訓練從不讀取，只用來計算準確率。";
    /// Without adaptation.
    SOURCE_QUESTION: "After training, all labelled points are classified correctly. And the rings?", "訓練後，有標籤的點全部分類正確。空心圈呢？";
    /// Without adaptation.
    SOURCE_1: "All of them as well: the shape is the same", "也全部正確：形狀相同";
    /// Without adaptation.
    SOURCE_2: "Most of them, but not those turned across the boundary", "大部分正確，但轉過分界線的那些不對";
    /// Without adaptation.
    SOURCE_3: "About half of them: none had a label", "大約一半：它們都沒有標籤";
    /// Without adaptation.
    SOURCE_EXPLANATION: "About 86 percent (the median of five runs). The boundary fits the labelled moons closely, and one end of each turned moon lies across it.",
        "五次執行的中位數約 86%。分界線緊貼有標籤的月牙，而旋轉後每個月牙的末端越過了它。";

    /// Alignment.
    ALIGN_TITLE: "Alignment", "對齊";
    /// Alignment.
    ALIGN_SCENE: "There are two domains: the filled points and the rings. Now D learns to tell them apart by their features, and F learns to prevent it: D is the adversary.",
        "實心點與空心圈是兩個領域。現在 D 學著從特徵分辨它們，F 則學著讓它分不出來：D 是對手，所以稱為對抗。";
    /// Alignment.
    ALIGN_QUESTION: "No label of a ring is used. What happens to the accuracy on the rings?", "沒有用到空心圈的標籤。空心圈的準確率會如何？";
    /// Alignment.
    ALIGN_1: "It rises: aligned features fit C’s boundary", "上升：對齊後的特徵符合 C 的分界線";
    /// Alignment.
    ALIGN_2: "It stays: the domain says nothing about the class", "不變：領域與類別無關";
    /// Alignment.
    ALIGN_3: "It falls: F cannot serve two goals", "下降：F 無法同時顧兩個目標";
    /// Alignment.
    ALIGN_EXPLANATION: "It rises from about 86 to about 97 percent (medians of five runs); now and then a run fails. Where D cannot tell the domains apart, the turned moons lie on the labelled ones, so the boundary between the labelled ones fits both.",
        "五次執行的中位數從約 86% 上升到約 97%，偶爾有一次失敗。當 D 分不出領域時，旋轉後的月牙就落在有標籤的月牙上，它們之間的分界線對兩者都適用。";

    /// Lambda too early.
    EARLY_TITLE: "Lambda too large",
        "λ 太大";
    /// Lambda too early.
    EARLY_SCENE: "Lambda weighs the adversary against the class loss. In one run it is 10 from the first step; in the other it grows from 0 to 1.",
        "λ 決定對抗相對於分類損失的權重。一次從第一步就是 10；另一次從 0 逐漸增加到 1。";
    /// Lambda too early.
    EARLY_QUESTION: "What does F learn if lambda is 10 from the first step?", "如果從第一步起 λ 就是 10，F 會學到什麼？";
    /// Lambda too early.
    EARLY_1: "The same, only sooner", "一樣的東西，只是更快";
    /// Lambda too early.
    EARLY_2: "To separate the classes better", "更好地分開類別";
    /// Lambda too early.
    EARLY_3: "To make all points alike, so that even labelled ones are classified by chance", "把所有點變得一樣，連有標籤的點也只能碰運氣";
    /// Lambda too early.
    EARLY_EXPLANATION: "If all points have the same features, D cannot tell them apart, and at the start this costs F nothing. Most such runs stay at chance, even on labelled points. Where lambda grows from 0, the classes are separated before D’s gradient counts.",
        "所有點的特徵都相同時，D 就無法分辨，而一開始這麼做對 F 沒有任何損失。這樣的訓練大多停留在碰運氣的程度，連有標籤的點也一樣。λ 從 0 開始增加時，類別會在 D 的梯度起作用之前先分開。";

    /// Confidently wrong.
    WRONG_TITLE: "Confidently wrong", "很有信心地答錯";
    /// Confidently wrong.
    WRONG_SCENE: "D is trained and then frozen, while F and C take 100 steps against it: once on minus the domain loss, once on the confusion loss.",
        "先訓練 D 再固定它，讓 F 與 C 對著它走 100 步：一次用減去領域損失，一次用混淆損失。";
    /// Confidently wrong.
    WRONG_QUESTION: "Minus the domain loss falls and falls. Where does F move the features?", "減去領域損失不斷下降。F 會把特徵移到哪裡？";
    /// Confidently wrong.
    WRONG_1: "To where D is unsure", "D 不確定的地方";
    /// Confidently wrong.
    WRONG_2: "To where D is confidently wrong, further with every step", "D 很有信心地答錯的地方，而且越來越遠";
    /// Confidently wrong.
    WRONG_3: "Nowhere: D is frozen", "不會移動：D 被固定了";
    /// Confidently wrong.
    WRONG_EXPLANATION: "The loss has no upper bound, so F moves each domain deep into the other’s side, where the two are as far apart as before. The confusion loss is lowest where D is unsure, so the features stay there.",
        "損失沒有上限，所以 F 把每個領域深深推進對方那一側，兩者仍然和之前一樣遠。混淆損失在 D 不確定時最小，所以特徵會停在那裡。";

    /// Unequal shares.
    SHARES_TITLE: "Unequal shares", "類別比例不同";
    /// Unequal shares.
    SHARES_SCENE: "Each class has half of the labelled points, but one class has 90 percent of the rings. In a third run the classes are swapped.",
        "有標籤的點兩類各占一半，空心圈卻有九成屬於同一類。第三次執行時，兩類互換了位置。";
    /// Unequal shares.
    SHARES_QUESTION: "The adversary makes the features of both domains alike. What does that do here?", "對抗讓兩個領域的特徵分布相同。在這裡會怎麼樣？";
    /// Unequal shares.
    SHARES_1: "It helps as before: no label of a ring is used", "和之前一樣有幫助：沒有用到空心圈的標籤";
    /// Unequal shares.
    SHARES_2: "It makes no difference", "沒有差別";
    /// Unequal shares.
    SHARES_3: "It harms: part of the large class has to move onto the small one", "有害：大類的一部分必須移到小類上";
    /// Unequal shares.
    SHARES_EXPLANATION: "About 84 percent are correct without the adversary, about 76 percent with it (medians of five runs). D compares the domains as wholes and knows no classes. To look like the filled points, half of the rings have to lie on each class, whatever they are. Where the classes are swapped, D is at chance, which is all that the adversary asks for, and yet every ring is misclassified.",
        "五次執行的中位數，沒有對抗時約 84% 正確，有對抗時約 76%。D 只比較兩個領域的整體，不知道類別。空心圈要看起來像實心點，就必須兩類各占一半，不論它們原本是什麼。當類別互換時，D 只能碰運氣，對抗的目標已經達成，每個空心圈卻都分類錯誤。";

    /// Consistency.
    CONSISTENCY_TITLE: "Without an adversary", "不用對抗";
    /// Consistency.
    CONSISTENCY_SCENE: "The rings are turned by 30 degrees. One run has the adversary, one has consistency instead, and one a little information maximisation as well.",
        "空心圈旋轉了 30 度。一次執行有對抗，一次改用一致性，另一次再加上少許資訊最大化。";
    /// Consistency.
    CONSISTENCY_QUESTION: "Consistency asks for the same confident prediction when a ring is moved a little. Does that help with no adversary at all?",
        "一致性要求稍微移動的空心圈維持原本有信心的預測。完全沒有對抗時，這有幫助嗎？";
    /// Consistency.
    CONSISTENCY_1: "Yes: the boundary is pushed out of the turned moons", "有：分界線會被推出旋轉後的月牙";
    /// Consistency.
    CONSISTENCY_2: "A little: the domains stay apart", "一點點：兩個領域仍然分開";
    /// Consistency.
    CONSISTENCY_3: "No: wrong predictions are only confirmed", "沒有：只會強化錯誤的預測";
    /// Consistency.
    CONSISTENCY_EXPLANATION: "More than 95 percent, against about 88 with the adversary (medians of five runs). The boundary moves to where there are no rings, which is between the classes. The adversary only makes the two clouds alike as a whole, and may put part of one class onto the other. On photos and doodles, too, both losses helped more than the adversary.",
        "五次執行的中位數超過 95%，用對抗則約 88%。分界線移到沒有空心圈的地方，也就是類別之間。對抗只讓兩群點整體相似，可能把一類的一部分放到另一類上。在照片與塗鴉上，這兩種損失同樣比對抗更有幫助。";
}
