use std::time::Duration;

use shared::classes::{ClassId, ClassNames};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;
use crate::engines::kind::Kind;
use crate::own_classes::class::ClassError;
use crate::own_classes::file::FileError;
use crate::share::code::{CodeError, TooMuch};
use crate::{
    boxes, close, draw, engines, game, guess, laboratory, networks, own_classes, photo, share,
    story, text,
};

/// What is called the same in both languages.
const SAME: [&str; 3] = ["Edgewise", "CPU", "WebGPU"];

/// What has no letters.
const SIGNS: [(&str, &str); 2] = [("!", "！"), (" ", "")];

fn is_chinese(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

/// What is wrong with a sentence in both languages, if anything.
pub fn fault(english: &str, chinese: &str) -> Option<&'static str> {
    if english.is_empty() || english.chars().any(is_chinese) {
        return Some("the English one is not English");
    }
    if !chinese.contains(is_chinese) {
        return Some("the Chinese one is not Chinese");
    }
    let letters: Vec<char> = chinese.chars().collect();
    let is_halfwidth = |sign: char| ",:;?!".contains(sign);
    let is_beside = |pair: &[char]| {
        (is_halfwidth(pair[0]) && is_chinese(pair[1]))
            || (is_chinese(pair[0]) && is_halfwidth(pair[1]))
    };
    letters
        .windows(2)
        .any(is_beside)
        .then_some("Chinese has full-width signs")
}

#[test]
fn every_text_is_in_both_languages() {
    let parts = [
        text::ALL,
        boxes::text::ALL,
        close::ALL,
        draw::text::ALL,
        engines::text::ALL,
        game::text::ALL,
        guess::text::ALL,
        laboratory::text::ALL,
        laboratory::lesson_text::ALL,
        laboratory::words::ALL,
        networks::text::ALL,
        own_classes::text::ALL,
        photo::text::ALL,
        share::text::ALL,
        story::text::ALL,
        story::tried::ALL,
    ];
    for &(name, english, chinese) in parts.concat().iter() {
        if SAME.contains(&english) {
            assert_eq!(english, chinese, "{name}");
        } else if !SIGNS.contains(&(english, chinese)) {
            assert_eq!(fault(english, chinese), None, "{name}: {english} {chinese}");
        }
    }
}

#[test]
fn every_sentence_with_values_is_in_both_languages() {
    let second = Duration::from_secs(1);
    let number = |error| FileError::Drawing("star".into(), error);
    let kinds = [Kind::Cpu, Kind::Gpu];
    let mut sentences = vec![
        both(|| text::no_engine_runs(pick("It is late.", "太晚了。"))),
        both(|| text::early_drawing_lost("x")),
        both(|| text::fault("x")),
        both(|| text::measured("5,000", "doodles of Quick, Draw!", 0.87)),
        both(|| {
            let on = "doodles of Quick, Draw!, which it was trained on without labels";
            text::measured("5,000", on, 0.87)
        }),
        both(|| draw::text::why("cat")),
        both(|| guess::text::i_think("a")),
        both(|| guess::text::perhaps("a")),
        both(|| guess::text::none_of(10)),
        both(|| guess::text::either("a", "b")),
        both(|| guess::text::sure("9%")),
        both(|| networks::text::own_weights("x")),
        both(|| networks::text::accuracy(0.5)),
        both(|| engines::text::silent(second)),
        both(|| engines::text::weights_silent(second)),
        both(|| engines::text::weights_missing("x", "404")),
        both(|| engines::text::weights_empty("x")),
        both(|| engines::text::weights_are_page("x")),
        both(|| engines::text::weights_unreachable("x")),
        both(|| engines::text::weights_broken("x")),
        both(|| engines::text::browser_says("x")),
        both(|| engines::text::unreadable("x")),
        both(|| engines::text::incomplete("x")),
        both(|| engines::text::answered("x", 404)),
        both(|| engines::text::started_again("x")),
        both(|| engines::text::being_started_again("x")),
        both(|| game::text::round(0, 6)),
        both(|| game::text::draw("cat")),
        both(|| game::text::right_before("cat", true)),
        both(|| game::text::right_before("cat", false)),
        both(|| game::text::missed(Some("cat"))),
        both(|| game::text::draw_aloud("cat")),
        both(|| game::text::left(5)),
        both(|| game::text::found_aloud("cat", second)),
        both(|| game::text::seconds(second)),
        both(|| game::text::seen("cat")),
        both(|| laboratory::text::step(1, 2)),
        both(|| laboratory::text::diverged(3)),
        both(|| laboratory::text::refused("x")),
        both(|| laboratory::text::bad_link("x")),
        both(|| laboratory::text::stopped("x")),
        both(|| own_classes::text::progress(2)),
        both(own_classes::text::full),
        both(|| own_classes::text::added("x")),
        both(|| own_classes::text::forgotten("x")),
        both(|| own_classes::text::imported(1)),
        both(|| own_classes::text::imported(2)),
        both(|| own_classes::text::not_kept("x")),
        both(|| own_classes::text::not_loaded("x")),
        both(|| own_classes::text::not_exported("x")),
        both(|| own_classes::text::forget_aloud("x")),
        both(|| photo::text::camera_failed("x")),
        both(|| photo::text::folder("x")),
        both(|| photo::text::one_of("x", 2)),
        both(|| photo::text::slow("x")),
        both(|| photo::text::no_sample("x", "y")),
        both(|| photo::text::sample_answered(404)),
        both(|| photo::text::not_opened("x", "y")),
        both(|| photo::text::no_frames("x")),
        both(|| photo::text::no_edges("x")),
        both(|| photo::text::sizes((1, 1), (1, 1))),
        both(|| photo::text::sizes((1, 1), (2, 2))),
        both(|| photo::text::crop(1, 2, 3)),
        both(|| photo::text::divided(50)),
        both(|| share::text::no_link(TooMuch)),
        both(|| share::text::not_saved("x")),
        both(|| share::text::refused(share::text::COPY_LINK(), "x")),
    ];
    for points in [0.0, 5.0, -5.0] {
        sentences.push(both(|| draw::text::adds(1, points, "cat")));
    }
    for kind in kinds {
        sentences.extend([
            both(|| engines::text::using(kind, true, Some(2.0))),
            both(|| engines::text::using(kind, false, None)),
            both(|| engines::text::is_loading(kind)),
            both(|| engines::text::takes(kind, 2.0)),
            both(|| engines::text::is_measured(kind)),
            both(|| engines::text::not_started(kind, "x")),
            both(|| engines::text::stopped(kind, "x")),
        ]);
    }
    for classes in 1..=6 {
        sentences.push(both(|| game::text::rules(classes)));
    }
    for error in [
        CodeError::Long,
        CodeError::Letters,
        CodeError::Version(2),
        CodeError::Checksum,
        CodeError::Numbers,
    ] {
        sentences.push(both(|| share::text::bad_link(error)));
        sentences.push(both(|| own_classes::text::not_read(&number(error))));
    }
    for error in [
        ClassError::Blank,
        ClassError::Long,
        ClassError::Taken("star".into()),
        ClassError::Count(4),
        ClassError::Features,
        ClassError::Full,
    ] {
        let in_file = FileError::Class("star".into(), error.clone());
        sentences.push(both(|| own_classes::text::no_class(&error)));
        sentences.push(both(|| own_classes::text::not_read(&in_file)));
    }
    for error in [
        FileError::Format,
        FileError::Version(2),
        FileError::Network,
        FileError::Count(9),
    ] {
        sentences.push(both(|| own_classes::text::stored_not_read(&error)));
        sentences.push(both(|| own_classes::text::not_read(&error)));
    }
    for Sentence { english, chinese } in sentences {
        assert_eq!(fault(&english, &chinese), None, "{english} {chinese}");
    }
}

#[test]
fn every_class_that_edgewise_is_trained_on_has_a_chinese_name() {
    let classes = ClassNames::default();
    let mut names: Vec<String> = Vec::new();
    for (id, key) in (0..).map(ClassId).zip(classes.names()) {
        let shown = both(|| class_name(key));
        assert_eq!(shown.english, *key);
        assert!(shown.chinese.chars().all(is_chinese), "{shown:?}");
        assert_eq!(both(|| game::text::name(&classes, id)), shown);
        names.push(shown.chinese);
    }
    names.sort();
    names.dedup();
    assert_eq!(names.len(), classes.len());
    let other = both(|| class_name("unicorn"));
    assert_eq!(other, Sentence::new("unicorn", "unicorn"));
}

#[test]
fn sentences_within_a_sentence_are_in_its_language() {
    let inner = both(text::NO_REASON);
    let outer = both(|| photo::text::camera_failed(said(&inner)));
    assert!(outer.english.contains("gives no reason"), "{outer:?}");
    assert!(outer.chinese.contains("沒有說明原因"), "{outer:?}");
    assert_eq!(language(), Language::English);
}
