//! Why settings or a link are refused, in the page's language.

use laboratory::SettingsError;
use laboratory::settings::{DrawnError, LinkError, Quantity};

use crate::language::say;

/// Why, as part of a sentence.
pub fn why(error: &SettingsError) -> String {
    let english = match error {
        // The page's own sentence says already that it is about a link.
        SettingsError::Link(error) => error.to_string(),
        other => other.to_string(),
    };
    let chinese = in_chinese(error);
    say!("{english}", "{chinese}")
}

fn in_chinese(error: &SettingsError) -> String {
    match error {
        SettingsError::Range {
            quantity,
            value,
            least,
            greatest,
        } => {
            let quantity = name(*quantity);
            format!("{quantity}是 {value}，請選 {least} 到 {greatest} 之間的值")
        }
        SettingsError::Drawn(error) => format!("畫出的點無法使用，{}", drawn(*error)),
        SettingsError::Link(error) => link(error),
    }
}

fn name(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::Change => "領域的變化",
        Quantity::Noise => "雜訊",
        Quantity::Points => "點數",
        Quantity::Share => "第一類所占比例",
        Quantity::Width => "每層單元數",
        Quantity::Lambda => "λ ",
        Quantity::LearningRate => "學習率",
        Quantity::DomainSteps => "D 的步數",
        Quantity::Steps => "總步數",
        Quantity::ImWeight => "資訊最大化的權重",
        Quantity::ConsistencyWeight => "一致性的權重",
    }
}

fn drawn(error: DrawnError) -> String {
    match error {
        DrawnError::Empty => "請在兩個領域各畫至少一個點".into(),
        DrawnError::TooMany { most } => format!("請在每個領域最多畫 {most} 個點"),
        DrawnError::Unlabelled => "請給每個來源點一個類別".into(),
        DrawnError::TooManyClasses { most } => format!("請最多使用 {most} 個類別"),
        DrawnError::Outside => "請讓每個座標都在 -1 到 1 之間".into(),
    }
}

fn link(error: &LinkError) -> String {
    match error {
        LinkError::TooLong { most } => format!("內容超過 {most} 個字元"),
        LinkError::Version(start) => format!("開頭的「{start}」不是課程，也不是版本 1"),
        LinkError::Nothing => "兩個逗號之間沒有內容".into(),
        LinkError::Twice(name) => format!("「{name}」出現了兩次"),
        LinkError::Unknown(name) => format!("「{name}」在這裡沒有意義"),
        LinkError::Value { name, value } => format!("「{value}」不能作為「{name}」的值"),
        LinkError::Points => "畫出的點已損壞".into(),
        LinkError::Run { lesson, run } => format!("課程「{lesson}」沒有第 {run} 次執行"),
        LinkError::NoQuestion => "沒有開啟課程，因此沒有問題可以回答".into(),
        LinkError::Answer { answer, answers } => {
            format!("沒有第 {answer} 個答案，答案共有 {answers} 個")
        }
        LinkError::AfterLast { step, last } => format!("第 {step} 步超過了最後的第 {last} 步"),
    }
}

#[cfg(test)]
mod tests {
    use laboratory::State;
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::language::both;

    #[test]
    fn every_refusal_is_told_in_either_language() {
        let many = "AAA0".repeat(401);
        for (code, english, chinese) in [
            ("1,n9", "noise is 9", "雜訊是 9，請選 0 到 0.5"),
            ("1,l11", "lambda is 11", "λ 是 11，請選 0 到 10"),
            ("1,i11", "information maximisation", "資訊最大化的權重是 11"),
            ("1,fAAA0", "at least one point", "至少一個點"),
            ("1,fAAA_,gAAA0", "each source point", "每個來源點"),
            ("1,fAAA3,gAAA0", "at most 3 classes", "3 個類別"),
            (&format!("1,f{many},gAAA0"), "at most 400", "最多畫 400"),
            ("1,f!", "damaged", "已損壞"),
            ("2", "\"2\"", "「2」不是課程"),
            ("1,", "two commas", "兩個逗號"),
            ("1,z1", "\"z\" has no meaning", "「z」在這裡沒有意義"),
            ("1,n1,n1", "\"n\" is given twice", "「n」出現了兩次"),
            ("1,w300", "\"300\" is no value", "「300」不能作為「w」的值"),
            ("alignment&run=9", "no run 9", "沒有第 9 次執行"),
            ("alignment&answer=9", "answer 9", "沒有第 9 個答案"),
            ("1&answer=1", "no lesson", "沒有開啟課程"),
            ("1&until=2000", "step 2000", "第 2000 步超過"),
        ] {
            let error = State::decode(code).unwrap_err();
            let told = both(|| why(&error));
            assert!(told.english.contains(english), "{code}: {}", told.english);
            assert!(told.chinese.contains(chinese), "{code}: {}", told.chinese);
        }
    }
}
