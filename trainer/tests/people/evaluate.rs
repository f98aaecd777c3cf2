use super::*;

#[test]
fn photos_are_scored_by_the_folders_they_are_in() {
    let folder = with_both();
    let place = folder.path();
    let photos = ["--weights", "w", "--as", "photo"];
    let table = succeed(place, &[&["predict"], &photos[..], &["sample"]].concat());
    let correct = rows(&table)
        .iter()
        .filter(|row| {
            let class: usize = row[0].split('/').nth(2).unwrap().parse().unwrap();
            NAMES[class] == row[1]
        })
        .count();
    let evaluate = |data: &str, more: &[&str]| {
        let fixed = [&["evaluate"], &photos[..], &["--data", data]].concat();
        succeed(place, &[&fixed[..], more].concat())
    };
    let score = json(&evaluate("sample", &["--json"]));
    assert_eq!(
        (&score["scored"], &score["pictures"]),
        (&600.into(), &600.into())
    );
    let accuracy = score["accuracy"].as_f64().unwrap();
    assert!(
        (accuracy - correct as f64 / 600.0).abs() < 1e-9 && correct > 60,
        "{correct}"
    );
    assert_eq!(score["as"], "photo");
    let bins = score["bins"].as_array().unwrap();
    assert!(bins.iter().all(|bin| bin["confidence"].is_number()));
    assert!(evaluate("sample", &[]).contains("may be photos that it was trained on"));

    // Folders that are called as the classes are, and a labels file with the paths.
    let mut labels = "file,label\n".to_owned();
    for row in rows(&table) {
        let file = Path::new(&row[0])
            .strip_prefix("sample/train_data")
            .unwrap();
        let (class, name) = file.to_str().unwrap().split_once('/').unwrap();
        let class = NAMES[class.parse::<usize>().unwrap()];
        let to = place.join("mine").join(class.to_uppercase()).join(name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(place.join(&row[0]), to).unwrap();
        labels.push_str(&format!("{},{class}\n", row[0]));
    }
    fs::write(place.join("labels.csv"), labels).unwrap();
    for again in [
        evaluate("mine", &["--json"]),
        evaluate("sample", &["--json", "--labels", "labels.csv"]),
        evaluate("sample/train_data", &["--json", "--labels", "labels.csv"]),
    ] {
        assert_eq!(json(&again), score);
    }
    fs::rename(place.join("mine/CAT"), place.join("mine/tiger")).unwrap();
    let mine = [&["evaluate"], &photos[..], &["--data", "mine"]].concat();
    fail(place, &mine, &["mine/tiger", "no such class", "--labels"]);
    fail(
        place,
        &["evaluate", "--weights", "w", "--data", "sample"],
        &["sample: doodles have no labels", "--labels"],
    );
    let robustness = [
        &["evaluate"],
        &photos[..],
        &["--data", "sample", "--robustness"],
    ]
    .concat();
    fail(place, &robustness, &["--robustness is about doodles"]);
}

#[test]
fn labels_are_read_as_spreadsheets_and_data_frames_write_them() {
    let folder = with_both();
    let place = folder.path();
    let truth = fs::read_to_string(place.join("sample/held_out_labels.csv")).unwrap();
    let rows: Vec<(usize, usize)> = truth
        .lines()
        .skip(1)
        .take(20)
        .map(|line| {
            let (id, class) = line.split_once(',').unwrap();
            (id.parse().unwrap(), class.parse().unwrap())
        })
        .collect();
    let table = |header: &str, end: &str, row: &dyn Fn(usize, usize) -> String| {
        let rows = rows.iter().map(|(id, class)| row(*id, *class) + end);
        format!("{header}{end}{}", rows.collect::<String>())
    };
    let plain = table("id,label", "\n", &|id, class| format!("{id},{class}"));
    let evaluate = |labels: &[u8]| {
        fs::write(place.join("labels.csv"), labels).unwrap();
        let arguments = [
            "evaluate",
            "--weights",
            "w",
            "--data",
            "sample/held_out",
            "--labels",
            "labels.csv",
            "--json",
        ];
        json(&succeed(place, &arguments))
    };
    let score = evaluate(plain.as_bytes());
    assert_eq!(
        (&score["scored"], &score["pictures"]),
        (&20.into(), &500.into())
    );
    for text in [
        table("id;label", "\r\n", &|id, class| format!("{id};{class}")),
        table("id\tlabel", "\n", &|id, class| format!("{id}\t{class}")),
        table("id,label", "\n", &|id, class| format!("{id},{class}.0")),
        table("Id,Label", "\n", &|id, class| format!("{id},{class}")),
        table(",id,label", "\n", &|id, class| {
            format!("{},{id},{class}", 7 * id)
        }),
        table("id,label,", "\r\n", &|id, class| format!("{id},{class},")) + ",,\r\n,,\r\n",
        table("id,label", "\n", &|id, class| {
            format!("{id:05}.bmp,{class}")
        }),
        table("id,label", "\n", &|id, class| {
            format!("{id},{}", NAMES[class])
        }),
        table("label,id", "\n", &|id, class| format!("{class},{id}")),
        table("\u{feff}\"id\",\"label\"", "\r\n", &|id, class| {
            format!("\"{id}\",\"{class}\"")
        }),
    ] {
        assert_eq!(evaluate(text.as_bytes()), score, "{text}");
    }
    let utf_16: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(plain.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(evaluate(&utf_16), score);
}

#[test]
fn the_trainer_s_own_tables_are_labels_too() {
    let folder = with_both();
    let place = folder.path();
    for options in [
        &["--probabilities"][..],
        &["--top", "2"],
        &["--submission"],
        &["--submission", "--probabilities"],
    ] {
        let predict = [
            "predict",
            "--weights",
            "w",
            "--data",
            "sample",
            "--out",
            "p.csv",
        ];
        succeed(place, &with(&predict, options));
        let evaluate = [
            "evaluate",
            "--weights",
            "w",
            "--data",
            "sample",
            "--labels",
            "p.csv",
            "--json",
        ];
        let score = json(&succeed(place, &evaluate));
        assert_eq!(
            (&score["scored"], &score["accuracy"]),
            (&1000.into(), &1.0.into()),
            "{options:?}"
        );
    }
}

#[test]
fn drawings_without_numbers_have_labels_by_their_files() {
    let folder = with_weights();
    let place = folder.path();
    for number in 0..12 {
        save(
            place,
            &format!("d/test_data/d{number}.png"),
            drawing(number),
        );
    }
    let table = succeed(place, &["predict", "--weights", "w", "d"]);
    let classes: BTreeMap<String, String> = rows(&table)
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    let labels = |name: &dyn Fn(usize) -> String| {
        let rows = (0..12).map(|number| {
            let class = &classes[&format!("d/test_data/d{number}.png")];
            format!("{},{class}\n", name(number))
        });
        format!("id,label\n{}", rows.collect::<String>())
    };
    let evaluate = [
        "evaluate",
        "--weights",
        "w",
        "--data",
        "d",
        "--labels",
        "l.csv",
        "--json",
    ];
    for text in [
        labels(&|number| format!("d{number}.png")),
        labels(&|number| format!("d{number}")),
        labels(&|number| format!("C:\\d\\test_data\\d{number}.png")),
    ] {
        fs::write(place.join("l.csv"), text).unwrap();
        let score = json(&succeed(place, &evaluate));
        assert_eq!(
            (&score["scored"], &score["accuracy"]),
            (&12.into(), &1.0.into())
        );
    }
    fs::write(
        place.join("l.csv"),
        "id,label\nd0.png,cat\nd77.png,cat\n1.png,cat\n",
    )
    .unwrap();
    fail(
        place,
        &evaluate,
        &[
            "l.csv, line 3: no picture is called \"d77.png\"",
            "1 other line",
        ],
    );
}

#[test]
fn how_many_pictures_are_scored_is_said() {
    let folder = with_both();
    let place = folder.path();
    fs::write(place.join("labels.csv"), "id,label\n3,horse\n5,bed\n").unwrap();
    let evaluate = [
        "evaluate",
        "--weights",
        "w",
        "--data",
        "sample",
        "--labels",
        "labels.csv",
    ];
    let said = succeed(place, &evaluate);
    assert!(
        said.contains("2 of 1000 pictures are scored; the other 998 have no label"),
        "{said}"
    );
    fs::write(place.join("labels.csv"), "id,label\n5000,horse\n5001,bed\n").unwrap();
    fail(
        place,
        &evaluate,
        &["none of its 2 lines", "1000 pictures", "5000"],
    );
}
