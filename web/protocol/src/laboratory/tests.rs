use wasm_bindgen_test::wasm_bindgen_test;

use super::*;

#[wasm_bindgen_test]
fn requests_come_through() {
    for request in [
        Request::Set {
            settings: "1,dm,a20".into(),
        },
        Request::Begin {
            settings: "1".into(),
        },
        Request::Step {
            trained: Trained::Classifier,
            count: 4,
        },
    ] {
        let message = request.to_message();
        assert_eq!(Request::from_message(message), Ok(request));
    }
}

#[wasm_bindgen_test]
fn replies_come_through() {
    let numbers = Numbers {
        step: 3.0,
        lambda: 0.5,
        target_accuracy: 0.25,
        ..Numbers::default()
    };
    let frame = Frame {
        is_new: true,
        numbers: vec![numbers, Numbers::default()],
        features: vec![0.5, -1.0],
        arrows: vec![0.0, 0.1, 0.2, 0.3],
        bounds: vec![-1.0, -1.0, 1.0, 1.0],
        side: 1,
        classes: vec![0.25, 0.75],
        domains: vec![0.5],
        boundary: vec![0.1, 0.2, 0.3, 0.4],
    };
    let reason = || Sentence {
        english: "Why.".into(),
        chinese: "因為。".into(),
    };
    for reply in [
        Reply::Frame(frame),
        Reply::Diverged { step: 7 },
        Reply::Refused {
            reason: "noise is 3".into(),
        },
        Reply::Failed { reason: reason() },
        Reply::Outdated { reason: reason() },
    ] {
        assert_eq!(Reply::from_message(reply.to_message()), Ok(reply));
    }
}

#[wasm_bindgen_test]
fn what_is_no_message_is_refused() {
    assert!(Request::from_message(JsValue::from_str("Begin")).is_err());
    assert!(Request::from_message(Message::new("Dance").into()).is_err());
    let step = Message::new("Step").with("trained", "cat").with("count", 1);
    assert!(Request::from_message(step.into()).is_err());
    assert!(Reply::from_message(Message::new("Frame").into()).is_err());
}
