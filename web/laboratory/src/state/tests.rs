use proptest::prelude::*;

use super::*;
use crate::settings::Settings;

fn checked() -> impl Strategy<Value = Checked> {
    let seeds = (any::<u32>(), 1_u16..=20_000, -180.0_f32..=180.0);
    seeds.prop_map(|(seed, steps, change)| {
        let settings = Settings {
            seed,
            steps,
            change,
            ..Settings::default()
        };
        settings.check().unwrap()
    })
}

fn subject() -> impl Strategy<Value = Subject> {
    let lesson = || prop::sample::select(LessonId::ALL.to_vec());
    let own = (checked(), prop::option::of(lesson()));
    prop_oneof![
        own.prop_map(|(settings, lesson)| Subject::Settings { settings, lesson }),
        (lesson(), any::<prop::sample::Index>()).prop_map(|(lesson, run)| {
            let run = run.index(lesson.lesson().runs.len());
            Subject::Lesson { lesson, run }
        }),
    ]
}

prop_compose! {
    fn states()(
        subject in subject(),
        answer in prop::option::of(0..ANSWERS),
        start in prop_oneof![Just(None), Just(Some(0)), (1_u32..=20_000).prop_map(Some)],
        speed in prop::sample::select(SPEEDS.to_vec()),
        (labels, arrows) in any::<(bool, bool)>(),
    ) -> State {
        State {
            answer: answer.filter(|_| subject.lesson().is_some()),
            start: match start {
                None => Start::Waiting,
                Some(0) => Start::Running,
                Some(step) => Start::Until(step.min(subject.steps())),
            },
            subject, speed, labels, arrows,
        }
    }
}

proptest! {
    #[test]
    fn a_text_means_the_state_that_it_was_made_of(state in states()) {
        prop_assert_eq!(State::decode(&state.encode()), Ok(state));
    }

    #[test]
    fn a_text_is_short_and_needs_no_escapes(state in states()) {
        let text = state.encode();
        prop_assert!(text.len() < 150, "{} characters: {}", text.len(), text);
        let plain = |character: char| character.is_ascii_alphanumeric() || ",.-_&=".contains(character);
        prop_assert!(text.chars().all(plain), "{}", text);
    }

    #[test]
    fn no_text_breaks_the_reader(text in ".*") {
        let _ = State::decode(&text);
    }

    #[test]
    fn no_text_that_nearly_is_one_breaks_the_reader(
        text in "(1|1,a20|1,e9|alignment|unequal-shares)(&(lesson|run|answer|until|play|speed|labels|arrows|x)(=(alignment|-?[0-9]{0,12}))?){0,5}"
    ) {
        if let Ok(state) = State::decode(&text) {
            prop_assert!(state.subject.settings().is_ok());
            prop_assert_eq!(State::decode(&state.encode()), Ok(state));
        }
    }
}

/// Links keep their meaning for ever: change none of these lines.
#[test]
fn texts_keep_their_meaning() {
    let own = |text, lesson| Subject::Settings {
        settings: decode(text).unwrap(),
        lesson,
    };
    for (text, subject) in [
        ("1", own("1", None)),
        ("1,dt,a-40.5,p50", own("1,dt,a-40.5,p50", None)),
        (
            "1,a20&lesson=source-only",
            own("1,a20", Some(LessonId::SourceOnly)),
        ),
    ] {
        assert_eq!(State::decode(text), Ok(State::of(subject)), "{text}");
    }
    for (name, lesson) in [
        ("source-only", LessonId::SourceOnly),
        ("alignment", LessonId::Alignment),
        ("lambda-too-large", LessonId::LambdaTooLarge),
        ("confidently-wrong", LessonId::ConfidentlyWrong),
        ("unequal-shares", LessonId::UnequalShares),
        ("consistency", LessonId::Consistency),
    ] {
        let subject = Subject::Lesson { lesson, run: 0 };
        assert_eq!(State::decode(name), Ok(State::of(subject)), "{name}");
    }
    let text = "consistency&run=2&answer=3&until=400&speed=16&labels&arrows";
    let state = State {
        subject: Subject::Lesson {
            lesson: LessonId::Consistency,
            run: 1,
        },
        answer: Some(2),
        start: Start::Until(400),
        speed: 16,
        labels: true,
        arrows: true,
    };
    assert_eq!(State::decode(text), Ok(state.clone()));
    assert_eq!(state.encode(), text);
    let running = State::decode("1,a20&play").unwrap();
    assert_eq!(running.start, Start::Running);
}

#[test]
fn what_has_no_meaning_is_refused_by_name() {
    for (text, said) in [
        (
            "alignments",
            "it begins with \"alignments\", which is neither a lesson nor version 1",
        ),
        ("1&", "\"\" has no meaning here"),
        ("1&lesson=moons", "\"moons\" is no value of \"lesson\""),
        (
            "alignment&lesson=consistency",
            "\"lesson\" has no meaning here",
        ),
        ("alignment&run=3", "lesson \"alignment\" has no run 3"),
        ("alignment&run=0", "\"0\" is no value of \"run\""),
        ("1&run=2", "\"run\" has no meaning here"),
        ("alignment&answer=4", "answer 4 is not one of 3"),
        ("1&answer=1", "it answers a question of no lesson"),
        ("1&until=1001", "step 1001 is after the last one, 1000"),
        (
            "1&until=99999999999",
            "step 4294967295 is after the last one, 1000",
        ),
        ("1&until=-1", "\"-1\" is no value of \"until\""),
        ("1&until=9&play", "\"play\" has no meaning here"),
        ("1&play=1", "\"play\" has no meaning here"),
        ("1&speed=3", "\"3\" is no value of \"speed\""),
        ("1&labels&labels", "\"labels\" is given twice"),
    ] {
        let error = State::decode(text).unwrap_err().to_string();
        let said = format!("the link's settings cannot be read: {said}");
        assert_eq!(error, said.as_str(), "{text}");
    }
    let long = format!("1&{}", "x".repeat(201));
    let error = State::decode(&long).unwrap_err().to_string();
    assert!(error.contains("longer than 200 characters"), "{error}");
}
