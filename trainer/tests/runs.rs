//! Runs beside one another: with several seeds, listed and compared.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

mod program;

use std::fs;

use program::{TINY, fail, succeed, with_sample};
use serde_json::Value;

#[test]
fn seeds_are_runs_of_their_own_with_mean_and_deviation() {
    let folder = with_sample();
    let place = folder.path();
    let mut words = TINY.to_vec();
    words.extend(["--seeds", "2"]);
    let said = succeed(place, &words);
    assert!(said.contains("stage 2 of 2"), "{said}");
    let row = |said: &str, name: &str| -> Vec<f64> {
        let line = said
            .lines()
            .find(|line| line.trim_start().starts_with(name));
        let numbers = line.unwrap().trim_start()[name.len()..].split_whitespace();
        numbers.map(|number| number.parse().unwrap()).collect()
    };
    let values = row(&said, "source accuracy");
    assert_eq!(values.len(), 4, "{said}");
    assert!(
        (values[0] - f64::midpoint(values[2], values[3])).abs() < 1.1e-4,
        "{said}"
    );

    // Each is the run that its seed gives alone.
    let mut alone = TINY.to_vec();
    let run = alone.iter().position(|word| *word == "--run").unwrap() + 1;
    alone[run] = "alone";
    alone.extend(["--seed", "1"]);
    succeed(place, &alone);
    let weights = |run: &str, out: &str| {
        succeed(place, &["export", "--run", run, "--out", out]);
        let bytes = fs::read(place.join(out)).unwrap();
        let tensors = safetensors::SafeTensors::deserialize(&bytes).unwrap();
        let tensors = tensors.iter();
        let mut tensors: Vec<(String, Vec<u8>)> = tensors
            .map(|(name, tensor)| (name.to_owned(), tensor.data().to_vec()))
            .collect();
        tensors.sort();
        tensors
    };
    assert!(weights("run/2-seed-1", "second") == weights("alone", "lone"));

    fail(
        place,
        &["export", "--run", "run", "--out", "weights"],
        &["the runs of 2 seeds"],
    );

    let said = succeed(place, &["runs", "--in", "."]);
    for part in ["run", "2 of 2 stages", "  1-seed-0", "alone", "CPU"] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
    let listed: Value =
        serde_json::from_str(&succeed(place, &["runs", "--in", ".", "--json"])).unwrap();
    assert_eq!(listed[0]["run"]["epochs"], 2);
    assert_eq!(listed[1]["recipe"]["started"].as_array().unwrap().len(), 2);

    let said = succeed(place, &["runs", "compare", "run/1-seed-0", "alone"]);
    let settings: Vec<&str> = said
        .lines()
        .filter(|line| line.trim_start().starts_with("--"))
        .collect();
    assert_eq!(settings.len(), 1, "{said}");
    assert!(settings[0].trim_start().starts_with("--seed"), "{said}");
    let said = succeed(place, &["runs", "compare", "run/2-seed-1", "alone"]);
    assert!(said.contains("all settings are the same"), "{said}");
    fail(
        place,
        &["runs", "compare", "alone", "sample"],
        &["sample holds no run"],
    );
}
