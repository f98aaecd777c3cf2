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
        RunId::Consistency => RUN_CONSISTENCY,
    }
}

texts! {
    /// A run.
    RUN_SOURCE_ONLY: "Without adaptation", "不做領域自適應";
    /// A run.
    RUN_ADVERSARY: "With the adversary", "加入對抗";
    /// A run.
    RUN_LARGE: "Lambda 10 from the first step", "第一步起 λ = 10";
    /// A run.
    RUN_GROWING: "Lambda from 0 to 1", "λ 從 0 到 1";
    /// A run.
    RUN_DOMAIN_LOSS: "Minus the domain loss", "負的領域損失";
    /// A run.
    RUN_CONFUSION: "Confusion loss", "混淆損失";
    /// A run.
    RUN_CONSISTENCY: "Consistency instead", "改用一致性";

    /// Without adaptation.
    SOURCE_TITLE: "Without adaptation", "不做領域自適應";
    /// Without adaptation.
    SOURCE_SCENE: "The filled points form two crescents, called moons, one for each class. The rings form the same moons, turned by 25 degrees. The network learns from the labelled points alone. The rings have hidden labels: training never reads them, they only measure accuracy.",
        "實心點排成兩個月牙，一類一個。空心圈是同樣的月牙，旋轉了 25 度。網路只從有標籤的點學習。空心圈的標籤是隱藏的：訓練從不讀取，只用來計算準確率。";
    /// Without adaptation.
    SOURCE_QUESTION: "After training, all labelled points are classified correctly. And the rings?", "訓練後，有標籤的點全部分類正確。空心圈呢？";
    /// Without adaptation.
    SOURCE_1: "All of them as well: the shape is the same", "也全部正確：形狀相同";
    /// Without adaptation.
    SOURCE_2: "Most of them, but not those turned across the boundary", "大部分正確，但轉過分界線的那些不對";
    /// Without adaptation.
    SOURCE_3: "About half of them: none had a label", "大約一半：它們都沒有標籤";
    /// Without adaptation.
    SOURCE_EXPLANATION: "The median of five seeds is about 86 percent; the number above is this seed’s. A seed decides all that is drawn at random: points and first weights. The boundary, where the background changes colour, fits the labelled moons closely, and one end of each turned moon lies across it.",
        "五個隨機種子的中位數約 86%，上面的數字是這個種子的結果。隨機種子決定所有隨機抽出的東西：點的位置與初始權重。分界線（背景換色的地方）緊貼有標籤的月牙，而旋轉後每個月牙的末端越過了它。";

    /// Alignment.
    ALIGN_TITLE: "Alignment", "對齊";
    /// Alignment.
    ALIGN_SCENE: "There are two domains: the filled points and the rings. Now D learns to tell them apart by their features, and F learns to prevent it: D is the adversary. D’s gradient says where each feature would have to move for D to tell the domains apart better; F moves it the opposite way.",
        "實心點與空心圈是兩個領域。現在 D 學著從特徵分辨它們，F 則學著讓它分不出來：D 是對手，所以稱為對抗。D 的梯度指出每個特徵該往哪裡移動，D 才更容易分辨；F 則讓它往相反方向移動。";
    /// Alignment.
    ALIGN_QUESTION: "No label of a ring is used. What happens to the accuracy on the rings?", "沒有用到空心圈的標籤。空心圈的準確率會如何？";
    /// Alignment.
    ALIGN_1: "It rises: aligned features fit C’s boundary", "上升：對齊後的特徵符合 C 的分界線";
    /// Alignment.
    ALIGN_2: "It stays: the domain says nothing about the class", "不變：領域與類別無關";
    /// Alignment.
    ALIGN_3: "It falls: F cannot serve two goals", "下降：F 無法同時顧兩個目標";
    /// Alignment.
    ALIGN_EXPLANATION: "It rises from about 86 to about 97 percent (medians of five seeds); now and then a run fails. In the feature plane, on the right, the line is C’s boundary. Without the adversary some rings lie on the wrong side of it; now the rings of each class lie on the filled points of that class, and the boundary that fits these fits the rings as well. D’s accuracy is near 50 percent, which is chance: F has won.",
        "五個隨機種子的中位數從約 86% 上升到約 97%，偶爾有一次失敗。右邊的特徵平面上，那條線是 C 的分界線。沒有對抗時，有些空心圈落在錯的一側；現在每一類的空心圈都落在同類的實心點上，所以適合實心點的分界線對空心圈也適用。D 的準確率接近 50%，等於碰運氣：F 贏了。";

    /// Lambda too early.
    EARLY_TITLE: "A large lambda",
        "很大的 λ";
    /// Lambda too early.
    EARLY_SCENE: "Lambda weighs the adversary against the class loss. In one run it is 10 from the first step; in the other it grows from 0 to 1. In both, D takes five steps for each of F’s, and F is rewarded where D is unsure rather than wrong; the next lesson shows why.",
        "λ 決定對抗相對於分類損失的權重。一次從第一步就是 10；另一次從 0 逐漸增加到 1。兩次都是 F 每走一步、D 走五步，F 是在 D 不確定時得到獎勵，而不是在 D 答錯時；下一課會說明原因。";
    /// Lambda too early.
    EARLY_QUESTION: "What does F learn if lambda is 10 from the first step?", "如果從第一步起 λ 就是 10，F 會學到什麼？";
    /// Lambda too early.
    EARLY_1: "The same, only sooner", "一樣的東西，只是更快";
    /// Lambda too early.
    EARLY_2: "To separate the classes better", "更好地分開類別";
    /// Lambda too early.
    EARLY_3: "To make all points alike, so that even labelled ones are classified by chance", "把所有點變得一樣，連有標籤的點也只能碰運氣";
    /// Lambda too early.
    EARLY_EXPLANATION: "If all points have the same features, D cannot tell them apart. At the start C knows nothing yet, so F loses nothing by merging the classes. Most such runs stay near chance, even on labelled points. Where lambda grows from 0, the classes are separated while lambda is still small; most of these runs classify nearly all points correctly, and now and then one is unstable.",
        "所有點的特徵都相同時，D 就無法分辨。一開始 C 還什麼都不會，所以 F 把類別混在一起沒有任何損失。這樣的訓練大多停留在碰運氣的程度，連有標籤的點也一樣。λ 從 0 開始增加時，類別會在 λ 還小的時候先分開；這樣的訓練大多能把幾乎所有的點分類正確，偶爾有一次不穩定。";

    /// Confidently wrong.
    WRONG_TITLE: "Against a frozen D", "面對固定的 D";
    /// Confidently wrong.
    WRONG_SCENE: "The domain loss says how wrong D is; the confusion loss says how far D’s answers are from 50:50. D is trained for 300 steps, until it classifies nearly all points by their domain, and then frozen. F and C take 80 steps against it: once F lowers minus the domain loss, once the confusion loss.",
        "領域損失表示 D 錯得多嚴重；混淆損失表示 D 的答案離一半一半有多遠。先訓練 D 300 步，直到它幾乎都能分辨，再固定它，F 與 C 對著它走 80 步：一次 F 降低的是負的領域損失，一次是混淆損失。";
    /// Confidently wrong.
    WRONG_QUESTION: "F lowers minus the domain loss. Where does it move the features?", "F 降低負的領域損失。它會把特徵移到哪裡？";
    /// Confidently wrong.
    WRONG_1: "To where D is unsure", "D 不確定的地方";
    /// Confidently wrong.
    WRONG_2: "To where D is confidently wrong, further with every step", "D 很有信心地答錯的地方，而且越來越遠";
    /// Confidently wrong.
    WRONG_3: "Nowhere: D is frozen", "不會移動：D 被固定了";
    /// Confidently wrong.
    WRONG_EXPLANATION: "D’s loss can grow without limit, so F gains most by making D ever more wrong. In the first run D’s accuracy, the dashed curve, falls from 100 percent to 0 (with most other seeds to 50), and the domains still end up far apart: a new D would tell them apart at once. C fails too: it classifies only half of the points correctly. The distance of the domains is measured between their means: 0 where they meet, at most 2. The confusion loss is lowest where D is unsure; there the domains meet, along the line where D changes its mind.",
        "D 的損失可以無限增加，所以讓 D 越錯越離譜對 F 最有利。第一次執行中，D 的準確率（虛線）從 100% 降到 0%（換成別的隨機種子，多半降到 50%），兩個領域卻仍然相距很遠：換一個新的 D 立刻就能分辨。C 也受到牽連，只有一半的點分類正確。距離以兩個領域的平均位置計算：會合時為 0，最多為 2。混淆損失在 D 不確定時最小；兩個領域沿著 D 改變判斷的那條線會合。";

    /// Unequal shares.
    SHARES_TITLE: "Unequal shares", "類別比例不同";
    /// Unequal shares.
    SHARES_SCENE: "Each class has half of the labelled points, but one class has 90 percent of the rings.",
        "有標籤的點兩類各占一半，空心圈卻有九成屬於同一類。";
    /// Unequal shares.
    SHARES_QUESTION: "The adversary makes the features of both domains alike. What does that do here?", "對抗讓兩個領域的特徵分布相同。在這裡會怎麼樣？";
    /// Unequal shares.
    SHARES_1: "It helps as before: no label of a ring is used", "和之前一樣有幫助：沒有用到空心圈的標籤";
    /// Unequal shares.
    SHARES_2: "It makes no difference", "沒有差別";
    /// Unequal shares.
    SHARES_3: "It harms: part of the large class has to move onto the small one", "有害：大類的一部分必須移到小類上";
    /// Unequal shares.
    SHARES_EXPLANATION: "About 84 percent are correct without the adversary, about 76 percent with it (medians of five seeds). D compares the domains as wholes and knows no classes. To look like the filled points, half of the rings have to lie on each class, whatever they are.",
        "五個隨機種子的中位數，沒有對抗時約 84% 正確，有對抗時約 76%。D 只比較兩個領域的整體，不知道類別。空心圈要看起來像實心點，就必須兩類各占一半，不論它們原本是什麼。";

    /// Consistency.
    CONSISTENCY_TITLE: "Without an adversary", "不用對抗";
    /// Consistency.
    CONSISTENCY_SCENE: "The rings are turned by 30 degrees. One run has neither adversary nor consistency, one has the adversary, and one has consistency instead.",
        "空心圈旋轉了 30 度。一次執行兩者都沒有，一次有對抗，一次改用一致性。";
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
    CONSISTENCY_EXPLANATION: "More than 95 percent, against about 88 with the adversary and 79 with neither (medians of five seeds; the numbers above are this seed’s). Wrong predictions are confirmed too, but a ring beside the boundary gets another prediction when it is moved a little, and consistency punishes that. So the boundary moves to where there are no rings, which is between the classes. The adversary only makes the two clouds alike as a whole, and may put part of one class onto the other. On photos and doodles it is the same: a small network, trained for 30 epochs, classified 46 percent of the doodles correctly with the adversary alone, 68 with information maximisation (confident predictions, all classes equally often) and 72 with consistency as well.",
        "五個隨機種子的中位數超過 95%，用對抗約 88%，兩者都沒有約 79%；上面的數字是這個種子的結果。錯誤的預測也會被強化，但分界線旁的空心圈稍微移動就會得到不同的預測，這正是一致性要懲罰的。所以分界線會移到沒有空心圈的地方，也就是類別之間。對抗只讓兩群點整體相似，可能把一類的一部分放到另一類上。在照片與塗鴉上也一樣：一個只訓練 30 個週期的小網路，只用對抗時正確率為 46%，加上資訊最大化（預測有信心，且各類別次數相同）為 68%，再加上一致性為 72%。";
}
