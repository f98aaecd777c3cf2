//! The sentences of the game.

use std::time::Duration;

use shared::classes::{ClassId, ClassNames};

use super::rules::{ROUND, WORDS};
use crate::guess::phrase::article;
use crate::language::{Language, class_name, language, pick, say, texts};

texts! {
    /// The name of the game.
    NAME: "Draw it!", "快畫！";
    /// Which words are hard, measured on doodles of Quick, Draw! (docs/accuracy.md, the confusion matrix).
    HARD:
        "Some words are hard, and it’s not your fault: even among the doodles that it was trained on (without labels), \
            the network recognises only 66 in 100 dogs and 73 in 100 cats, but nearly every apple and clock.",
        "有些題目比較難，不是你的問題：就連訓練時看過（沒有標籤）的塗鴉，神經網路每 100 張狗也只認得 66 張，貓只認得 73 張；蘋果和時鐘則幾乎全對。";
    /// Nothing is sent.
    PRIVATE: "Your drawings stay on this machine.", "你的塗鴉只留在這台裝置上。";
    /// Starts a game.
    START: "Start", "開始";
    /// In place of the start button's text while the network is on its way.
    LOADING: "The network is loading …", "正在載入神經網路……";
    /// Where no engine runs.
    NO_ENGINE:
        "The game needs the network, which does not run. The message at the top says why.",
        "這個遊戲需要神經網路，但它目前無法執行。頁面上方的訊息說明原因。";
    /// Starts another game.
    AGAIN: "Play again", "再玩一次";
    /// Stops time.
    PAUSE: "Pause", "暫停";
    /// Lets time run again.
    RESUME: "Resume", "繼續";
    /// Moves to the next word.
    SKIP: "Skip", "跳過";
    /// Ends the game.
    GIVE_UP: "Give up", "結束";
    /// Takes the last change back.
    UNDO: "Undo", "復原";
    /// Empties the sheet.
    CLEAR: "Clear", "清除";
    /// Over the sheet while time stands still.
    PAUSED: "Paused", "已暫停";
    /// Below that.
    PAUSED_NOTE: "The clock has stopped. Your drawing is still there.", "計時已停止，你的塗鴉還在。";
    /// In place of guesses before there is one.
    LOOKING: "I’m looking …", "我看看……";
    /// When time has run out.
    TIME_IS_UP: "Time is up.", "時間到。";
    /// What the row of words at the side is, for screen readers.
    PROGRESS: "The words so far", "目前的題目";
    /// What the buttons are for, for screen readers.
    CONTROLS: "Game controls", "遊戲控制";
    /// Below a drawing in which nothing was seen.
    NOTHING_SEEN: "nothing seen", "沒看出什麼";
    /// Below a word that was passed over.
    SKIPPED: "skipped", "跳過";
    /// A class that the weights do not name.
    NAMELESS: "something unnamed", "沒有名稱的東西";
    /// After the right guess.
    FOUND: "!", "！";

    /// Below the score, where nothing was drawn.
    NONE_DRAWN: "You have not drawn anything yet.", "你還沒有畫任何東西。";
    /// Below the score, where every word was skipped.
    NONE_PLAYED: "No word was played to the end.", "沒有任何一題玩到最後。";
    /// Below the score, where every drawing was recognised.
    ALL_FOUND: "Every drawing was recognised.", "每一張都認出來了。";
    /// Below the score, where none was.
    NONE_FOUND:
        "None was recognised. Never mind: the network has never seen a labelled doodle.",
        "一張也沒認出來。別在意，這個神經網路從未看過有標籤的塗鴉。";
    /// Below the score, where some were.
    SOME_FOUND:
        "Recognised by a network that has never seen a labelled doodle.",
        "認出這些的神經網路從未看過有標籤的塗鴉。";

    /// On the card to share, above the score.
    CARD_KICKER: "Draw it! Recognised", "快畫！認出";
    /// On the card to share, below the score.
    CARD_DETAIL: "drawings", "張塗鴉";
}

/// How long a game of one word is, of two, and so on.
const LENGTHS: [(&str, &str); WORDS] = [
    ("One word, twenty seconds", "一個題目，限時二十秒"),
    ("Two words, twenty seconds each", "兩個題目，每題二十秒"),
    ("Three words, twenty seconds each", "三個題目，每題二十秒"),
    ("Four words, twenty seconds each", "四個題目，每題二十秒"),
    ("Five words, twenty seconds each", "五個題目，每題二十秒"),
    ("Six words, twenty seconds each", "六個題目，每題二十秒"),
];

/// What the game is, where there are so many classes.
pub fn rules(classes: usize) -> String {
    let (english, chinese) = LENGTHS[classes.clamp(1, WORDS) - 1];
    let length = pick(english, chinese);
    say!(
        "{length}. The network guesses while you draw. A word counts once it has been the top guess for half a second.",
        "{length}。你邊畫，神經網路邊猜；正確答案領先半秒就算成功。"
    )
}

/// The name of a class as it is shown.
pub fn name(classes: &ClassNames, class: ClassId) -> &str {
    classes.name(class).map_or_else(NAMELESS, class_name)
}

/// A class with its article: "a cat"; the name alone where the article is not known, and in Chinese.
pub fn a(name: &str) -> String {
    match article(name) {
        Some(article) => format!("{article} {name}"),
        None => name.into(),
    }
}

/// Where the game is: "Word 2 of 6".
pub fn round(round: usize, of: usize) -> String {
    say!("Word {} of {of}", "第 {} 題，共 {of} 題", round + 1)
}

/// Before the word: "Draw a ".
pub fn draw(name: &str) -> String {
    match (language(), article(name)) {
        (Language::TraditionalChinese, _) => "請畫".into(),
        (Language::English, Some(article)) => format!("Draw {article} "),
        (Language::English, None) => "Draw ".into(),
    }
}

/// A wrong guess: "A plane?"
pub fn wrong_guess(name: &str) -> String {
    let name = a(name);
    capitalised(&say!("{name}?", "{name}？"))
}

/// What comes before the right guess, which the page emphasises: "It’s a " or "No, it’s a ".
pub fn right_before(name: &str, is_first: bool) -> String {
    let article = article(name).map_or(String::new(), |article| format!("{article} "));
    if is_first {
        say!("It’s {article}", "是")
    } else {
        say!("No, it’s {article}", "不對，是")
    }
}

/// When time has run out, by the newest guess.
pub fn missed(seen: Option<&str>) -> String {
    let up = TIME_IS_UP();
    match seen.map(a) {
        Some(seen) => say!("{up} I still see {seen}.", "{up}我看到的還是{seen}。"),
        None => up.into(),
    }
}

/// The word, aloud.
pub fn draw_aloud(name: &str) -> String {
    let (name, seconds) = (a(name), ROUND.as_secs());
    say!(
        "Draw {name}. You have {seconds} seconds.",
        "請畫{name}。你有 {seconds} 秒。"
    )
}

/// The time that is left, aloud.
pub fn left(seconds: u64) -> String {
    say!("{seconds} seconds left.", "還有 {seconds} 秒。")
}

/// A word that was found, aloud.
pub fn found_aloud(name: &str, after: Duration) -> String {
    let (name, time) = (a(name), seconds(after));
    say!(
        "Yes, it’s {name}, in {time}.",
        "對了，是{name}，用了 {time}。"
    )
}

/// Two sentences, one after the other.
pub fn then(one: &str, next: &str) -> String {
    say!("{one} {next}", "{one}{next}")
}

/// A time to a tenth of a second: "6.4 s".
pub fn seconds(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    say!("{seconds:.1}\u{a0}s", "{seconds:.1}\u{a0}秒")
}

/// The end's headline: "5 of 6".
pub fn score(score: usize, of: usize) -> String {
    say!("{score} of {of}", "{score} / {of}")
}

/// Below the score. `is_played`: whether any word was not skipped.
pub fn verdict(score: usize, of: usize, is_played: bool) -> &'static str {
    match (score, of) {
        (_, 0) => NONE_DRAWN(),
        _ if !is_played => NONE_PLAYED(),
        (score, of) if score == of => ALL_FOUND(),
        (0, _) => NONE_FOUND(),
        _ => SOME_FOUND(),
    }
}

/// Below a drawing that was not recognised.
pub fn seen(name: &str) -> String {
    let name = a(name);
    say!("seen as {name}", "看成{name}")
}

fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn guesses_have_their_article_where_it_is_known() {
        assert_eq!(wrong_guess("apple"), "An apple?");
        assert_eq!(wrong_guess("unicorn"), "Unicorn?");
        assert_eq!(right_before("horse", true), "It’s a ");
        assert_eq!(right_before("unicorn", false), "No, it’s ");
        assert_eq!(missed(Some("dog")), "Time is up. I still see a dog.");
    }

    #[test]
    fn the_verdict_follows_the_score() {
        let verdicts = [
            verdict(0, 0, false),
            verdict(0, 6, false),
            verdict(0, 6, true),
            verdict(3, 6, true),
            verdict(6, 6, true),
        ];
        for (index, one) in verdicts.iter().enumerate() {
            assert!(!verdicts[..index].contains(one), "{one}");
        }
    }
}
