use proptest::prelude::*;

use super::*;
use crate::data::DrawnPoint;

fn drawn_points(classes: BoxedStrategy<Option<u8>>) -> impl Strategy<Value = Vec<DrawnPoint>> {
    let point = (-1.0_f32..=1.0, -1.0_f32..=1.0, classes);
    let point = point.prop_map(|(x, y, class)| DrawnPoint { at: [x, y], class });
    prop::collection::vec(point, 1..20)
}

fn drawn() -> impl Strategy<Value = Option<Drawn>> {
    let source = drawn_points((0..MOST_CLASSES).prop_map(Some).boxed());
    let target = drawn_points(prop::option::of(0..MOST_CLASSES).boxed());
    let drawn = (source, target).prop_map(|(source, target)| Drawn { source, target });
    prop::option::of(drawn)
}

prop_compose! {
    fn checked()(
        scene in prop::sample::select(Scene::ALL.to_vec()),
        change in 0.0_f32..=1.0,
        noise in 0.0_f32..=0.5,
        points in 10_u16..=400,
        share in prop::option::of(0.02_f32..=0.98),
        drawn in drawn(),
        seed in any::<u32>(),
        width in 2_u8..=64,
        hidden_predictor in any::<bool>(),
        variant in prop::sample::select(vec![
            Variant::TwoStep, Variant::Reversal, Variant::Confusion, Variant::SourceOnly,
        ]),
        lambda in prop_oneof![
            (0.0_f32..=10.0).prop_map(Lambda::Constant), Just(Lambda::Log), Just(Lambda::Paper),
        ],
        (learning_rate, domain_steps, steps) in (1e-5_f32..=1.0, 1_u8..=10, 1_u16..=20_000),
        (im_weight, consistency_weight) in (0.0_f32..=10.0, 0.0_f32..=10.0),
    ) -> Checked {
        let [least, greatest] = scene.change_range();
        Settings {
            scene,
            change: (least + change * (greatest - least)).clamp(least, greatest),
            noise, points, share, drawn, seed, width, hidden_predictor, variant, lambda, learning_rate, domain_steps, steps,
            im_weight, consistency_weight,
        }.check().unwrap()
    }
}

proptest! {
    #[test]
    fn a_text_means_the_settings_that_it_was_made_of(settings in checked()) {
        let read = decode(&encode(&settings)).unwrap();
        let plain = |settings: &Checked| Settings { drawn: None, ..Settings::from(settings.clone()) };
        prop_assert_eq!(plain(&read), plain(&settings));
        prop_assert_eq!(read.drawn.is_some(), settings.drawn.is_some());
        if let (Some(read), Some(drawn)) = (&read.drawn, &settings.drawn) {
            let all = |drawn: &Drawn| [drawn.source.clone(), drawn.target.clone()].concat();
            prop_assert_eq!(read.source.len(), drawn.source.len());
            for (read, drawn) in all(read).iter().zip(all(drawn)) {
                prop_assert_eq!(read.class, drawn.class);
                for axis in [0, 1] {
                    prop_assert!((read.at[axis] - drawn.at[axis]).abs() <= 1.001 / 511.0);
                }
            }
        }
        // What was read is written the same again.
        prop_assert_eq!(encode(&decode(&encode(&read)).unwrap()), encode(&read));
    }

    #[test]
    fn a_text_is_short_and_needs_no_escapes(settings in checked()) {
        let drawn = settings.drawn.as_ref();
        let points = drawn.map_or(0, |drawn| drawn.source.len() + drawn.target.len());
        let text = encode(&settings);
        prop_assert!(text.len() < 200 + 4 * points, "{} characters: {}", text.len(), text);
        let plain = |character: char| character.is_ascii_alphanumeric() || ",.-_".contains(character);
        prop_assert!(text.chars().all(plain), "{}", text);
    }

    #[test]
    fn no_text_breaks_the_reader(text in ".*") {
        let _ = decode(&text);
    }

    #[test]
    fn no_text_that_nearly_is_one_breaks_the_reader(text in "1(,[danpqswhvlrkeicfgz][-0-9a-zA-Z._]{0,9}){0,6}") {
        if let Ok(settings) = decode(&text) {
            prop_assert_eq!(Settings::from(settings.clone()).check(), Ok(settings));
        }
    }
}

/// Links of version 1 keep their meaning for ever: change none of these lines.
#[test]
fn texts_of_version_1_keep_their_meaning() {
    let plain = Settings {
        scene: Scene::Moons,
        change: 35.0,
        noise: 0.06,
        points: 200,
        share: None,
        drawn: None,
        seed: 0,
        width: 16,
        hidden_predictor: false,
        variant: Variant::TwoStep,
        lambda: Lambda::Paper,
        learning_rate: 0.01,
        domain_steps: 1,
        steps: 1000,
        im_weight: 0.0,
        consistency_weight: 0.0,
    };
    let means = |text: &str| Settings::from(decode(text).unwrap());
    assert_eq!(means("1"), plain);
    let other = Settings {
        scene: Scene::Three,
        change: -40.5,
        noise: 0.1,
        points: 50,
        share: Some(0.9),
        seed: 7,
        width: 8,
        hidden_predictor: true,
        variant: Variant::Confusion,
        lambda: Lambda::Constant(0.5),
        learning_rate: 0.003,
        domain_steps: 3,
        steps: 500,
        im_weight: 0.1,
        consistency_weight: 1.0,
        drawn: None,
    };
    let text = "1,dt,a-40.5,n0.1,p50,q0.9,s7,w8,h1,vc,l0.5,r0.003,k3,e500,i0.1,c1";
    assert_eq!(means(text), other);
    assert_eq!(encode(&other.check().unwrap()), text);
    let drawn = means("1,fAAA0__-1,ggAA_").drawn.unwrap();
    assert_eq!(drawn.source.len(), 2);
    assert_eq!(
        (drawn.source[0].at, drawn.source[0].class),
        ([-1.0, -1.0], Some(0))
    );
    assert_eq!(drawn.source[1].class, Some(1));
    assert_eq!(drawn.target[0].class, None);
}

#[test]
fn what_is_out_of_range_is_refused_by_name() {
    for (text, said) in [
        ("1,n0.6", "noise is 0.6: choose a value from 0 to 0.5"),
        ("1,nNaN", "noise is NaN: choose a value from 0 to 0.5"),
        (
            "1,ainf",
            "the change of domain is inf: choose a value from -180 to 180",
        ),
        (
            "1,db,a35",
            "the change of domain is 35: choose a value from -1 to 1",
        ),
        ("1,w1", "width is 1: choose a value from 2 to 64"),
        ("1,l-1", "lambda is -1: choose a value from 0 to 10"),
        (
            "1,r0",
            "the learning rate is 0: choose a value from 0.00001 to 1",
        ),
        (
            "1,p9",
            "the number of points is 9: choose a value from 10 to 400",
        ),
        (
            "1,q1",
            "the share of the first class is 1: choose a value from 0.02 to 0.98",
        ),
        (
            "1,e0",
            "the number of steps is 0: choose a value from 1 to 20000",
        ),
        (
            "1,w300",
            "the link's settings cannot be read: \"300\" is no value of \"w\"",
        ),
        (
            "2,w8",
            "the link's settings cannot be read: it begins with \"2\", which is neither a lesson nor version 1",
        ),
        (
            "",
            "the link's settings cannot be read: it begins with \"\", which is neither a lesson nor version 1",
        ),
        (
            "1,",
            "the link's settings cannot be read: there is nothing between two commas",
        ),
        (
            "1,n0.1,n0.2",
            "the link's settings cannot be read: \"n\" is given twice",
        ),
        (
            "1,z1",
            "the link's settings cannot be read: \"z\" has no meaning here",
        ),
        (
            "1,vx",
            "the link's settings cannot be read: \"x\" is no value of \"v\"",
        ),
        (
            "1,h2",
            "the link's settings cannot be read: \"2\" is no value of \"h\"",
        ),
        (
            "1,fAAA0",
            "the drawn points cannot be used: draw at least one point in each domain",
        ),
        (
            "1,fAAA_,gAAA0",
            "the drawn points cannot be used: give each source point a class",
        ),
        (
            "1,fAAA3,gAAA0",
            "the drawn points cannot be used: use at most 3 classes",
        ),
        (
            "1,fAAA,gAAA0",
            "the link's settings cannot be read: its drawn points are damaged",
        ),
        (
            "1,fA A0,gAAA0",
            "the link's settings cannot be read: its drawn points are damaged",
        ),
    ] {
        assert_eq!(decode(text).unwrap_err().to_string(), said, "{text}");
    }
    let long = format!("1,f{},gAAA0", "AAA0".repeat(401));
    let said = "the drawn points cannot be used: draw at most 400 points in each domain";
    assert_eq!(decode(&long).unwrap_err().to_string(), said);
    let longer = format!("1,f{}", "AAA0".repeat(2000));
    assert!(
        decode(&longer)
            .unwrap_err()
            .to_string()
            .contains("longer than 5000")
    );
}

#[test]
fn serde_checks_too() {
    let settings = Settings::default().check().unwrap();
    let text = serde_json::to_string(&settings).unwrap();
    assert_eq!(serde_json::from_str::<Checked>(&text).unwrap(), settings);
    for text in [r#"{"noise": 9}"#, r#"{"noises": 0.1}"#, r#"{"width": -1}"#] {
        assert!(serde_json::from_str::<Checked>(text).is_err(), "{text}");
    }
}

#[test]
fn lambda_follows_its_schedule() {
    let at = |lambda: Lambda| [0.0, 0.5, 1.0].map(|share| lambda.at(share));
    assert_eq!(at(Lambda::Constant(0.5)), [0.5; 3]);
    let close = |ours: [f64; 3], theirs: [f64; 3]| {
        let pairs = ours.iter().zip(theirs);
        assert!(pairs.clone().all(|(a, b)| (a - b).abs() < 1e-4), "{ours:?}");
    };
    close(at(Lambda::Log), [0.0198, 0.6259, 1.0006]);
    close(at(Lambda::Paper), [0.0, 0.9866, 0.9999]);
    let settings = Settings {
        steps: 10,
        ..Settings::default()
    };
    let settings = settings.check().unwrap();
    assert_eq!(settings.lambda_at(20), settings.lambda_at(10));
    assert!(settings.lambda_at(9) < settings.lambda_at(10));
}
