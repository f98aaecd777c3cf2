//! Cases about labels and predictions.

use std::{fs, path::Path};

use crate::{
    Case, Trained,
    inputs::{at, doodle},
    program::{fail, succeed},
};

pub const CASES: &[Case] = &[
    Case {
        source: "HumanSignal/label-studio#8569, molgenis/molgenis-emx2#125, pandas-dev/pandas#41887",
        right: "Labels are read as spreadsheets and pandas write them; what is ambiguous is refused.",
        check: labels,
    },
    Case {
        source: "keras-team/keras#3296, open-mmlab/mmsegmentation#1768",
        right: "Predictions name the file that they are about, one picture or many.",
        check: predictions,
    },
];

fn labels(folder: &Path) {
    let trained = Trained::get();
    let (weights, sample) = (trained.path("weights"), trained.path("sample"));
    let evaluate = |labels: &str| {
        let arguments = [
            "evaluate",
            "--weights",
            &weights,
            "--data",
            &sample,
            "--labels",
            labels,
            "--json",
            "--device",
            "cpu",
        ];
        succeed(folder, &arguments)
    };
    let rows = |row: &dyn Fn(u32) -> String| (0..20).map(row).collect::<String>();
    let write = |text: &[u8]| fs::write(folder.join("labels.csv"), text).unwrap();
    write(format!("id,label\n{}", rows(&|n| format!("{n},{}\n", n % 10))).as_bytes());
    let plain = evaluate("labels.csv");
    let names = "horse bed clock apple cat plane television dog dolphin spider";
    let names: Vec<&str> = names.split(' ').collect();
    let class = |n: u32| n % 10;
    let tables = [
        format!("id;label\r\n{}", rows(&|n| format!("{n};{}\r\n", class(n)))),
        format!("id\tlabel\n{}", rows(&|n| format!("{n}\t{}\n", class(n)))),
        format!("id,label\n{}", rows(&|n| format!("{n},{}.0\n", class(n)))),
        format!("Id,Label\n{}", rows(&|n| format!("{n},{}\n", class(n)))),
        format!(
            ",id,label\n{}",
            rows(&|n| format!("{n},{n},{}\n", class(n)))
        ),
        format!(
            "id,label,\r\n{},,\r\n,,\r\n",
            rows(&|n| format!("{n},{},\r\n", class(n)))
        ),
        format!(
            "id,label\n{}",
            rows(&|n| format!("{n:05}.bmp,{}\n", class(n)))
        ),
        format!(
            "id,label\n{}",
            rows(&|n| format!("{n},{}\n", names[class(n) as usize]))
        ),
        format!("label,id\n{}", rows(&|n| format!("{},{n}\n", class(n)))),
    ];
    for table in tables {
        write(table.as_bytes());
        assert_eq!(evaluate("labels.csv"), plain, "{table}");
    }
    // Its own predictions with probabilities.
    let predict = [
        "predict",
        "--weights",
        &weights,
        "--data",
        &sample,
        "--out",
        "own.csv",
        "--submission",
        "--probabilities",
        "--device",
        "cpu",
    ];
    succeed(folder, &predict);
    let own: serde_json::Value = serde_json::from_str(&evaluate("own.csv")).unwrap();
    assert_eq!(own["accuracy"], 1.0);
    write(b"number,class_or_other\n1,2\n");
    let refused = [
        "evaluate",
        "--weights",
        &weights,
        "--data",
        &sample,
        "--labels",
        "labels.csv",
    ];
    fail(folder, &refused, &["labels.csv"]);
}

fn predictions(folder: &Path) {
    for number in 0..12 {
        let name = format!("drawings/d{number}.png");
        doodle(number, 64).save(at(folder, &name)).unwrap();
    }
    let weights = Trained::get().path("weights");
    let predict = |what: &str, out: &str| {
        succeed(
            folder,
            &["predict", "--weights", &weights, what, "--out", out],
        );
        fs::read_to_string(folder.join(out)).unwrap()
    };
    let many = predict("drawings", "many.csv");
    let row = many.lines().find(|line| line.contains("d10.png")).unwrap();
    let one = predict("drawings/d10.png", "one.csv");
    assert!(
        one.lines()
            .any(|line| line.split_once(',').unwrap().1 == row.split_once(',').unwrap().1)
    );
    assert_eq!((many.lines().count(), one.lines().count()), (13, 2));
}
