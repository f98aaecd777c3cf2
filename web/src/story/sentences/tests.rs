#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;
use crate::language::tests::fault;
use crate::language::{both, pick};
use crate::story::sample::story;

#[test]
fn what_is_rounded_to_zero_has_no_sign() {
    assert_eq!(decimal(-0.001), "0.00");
    assert_eq!((plus(-0.5), plus(0.25)), ("− 0.50".into(), "+ 0.25".into()));
}

#[test]
fn numbers_are_grouped_and_have_a_real_minus() {
    let all = [7, 999, 1000, 10_000, 1_234_567].map(grouped);
    assert_eq!(all, ["7", "999", "1,000", "10,000", "1,234,567"]);
    assert_eq!((signed(-12), decimal(-0.5)), ("−12".into(), "−0.50".into()));
}

#[test]
fn every_sentence_is_in_both_languages() {
    let mut sentences = vec![
        both(|| failed(pick("Late.", "太晚了。"))),
        both(|| answered(404)),
        both(|| too_large(1)),
        both(|| damaged(&"x")),
        both(|| reads_all(1, 2)),
        both(|| reads_labels(1)),
        both(|| axes(&["0".into(), "1".into()], 2)),
        both(|| {
            shipped(&Shipped {
                run: Some("x".into()),
                epochs: None,
            })
        }),
        both(|| {
            shipped(&Shipped {
                run: None,
                epochs: Some(3),
            })
        }),
        both(|| epoch(1)),
        both(|| says("cat", "9%")),
        both(|| comparing(1, 2)),
        both(|| no_features("x")),
        both(|| silent(Duration::from_secs(20))),
        both(|| no_network(&"x")),
        both(|| block(32, 32)),
        both(|| products(1, 0)),
        both(|| products(1, 2)),
        both(|| sum(0.1, (0.0, 0), 0.2, 0.3)),
        both(|| sum(0.1, (0.1, 31), 0.2, 0.3)),
        both(|| largest([0.1, 0.2, 0.3, 0.4], 3)),
        both(|| after_relu(0.5)),
        both(|| accuracy(5000, 0.87)),
        both(|| made(&story().made)),
    ];
    sentences.extend(COLUMNS.map(|name| both(|| column(name))));
    for from in [ClassesFrom::Labels, ClassesFrom::Predictions] {
        sentences.push(both(|| classes_from(from)));
    }
    for origin in [Origin::Photo, Origin::Doodle] {
        sentences.push(both(|| domain(origin)));
    }
    for becomes in [
        Verdict::Flat,
        Verdict::Thinned,
        Verdict::Dropped,
        Verdict::Kept,
        Verdict::Strong,
    ] {
        for direction in [
            Direction::Horizontal,
            Direction::Vertical,
            Direction::Falling,
            Direction::Rising,
        ] {
            let step = Step {
                dx: 3,
                dy: -4,
                direction,
                verdict: becomes,
            };
            sentences.push(both(|| magnitude(step)));
            sentences.push(both(|| compared(step, [1, 2])));
            sentences.push(both(|| verdict(step, 170, 300)));
        }
    }
    for said in sentences {
        let (english, chinese) = (&said.english, &said.chinese);
        assert_eq!(fault(english, chinese), None, "{english} {chinese}");
    }
}
