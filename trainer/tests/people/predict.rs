use super::*;

#[test]
fn pictures_folders_and_zips_are_predicted_in_the_order_given() {
    let folder = with_weights();
    let place = folder.path();
    for number in [0, 1, 2, 10, 11] {
        save(place, &format!("drawings/d{number}.png"), drawing(number));
    }
    save(place, "drawings/more/x.bmp", drawing(3));
    fs::write(place.join("drawings/notes.txt"), "not a picture").unwrap();
    save(place, "one, \"two\".png", drawing(1));
    let mut zip = ZipWriter::new(File::create(place.join("set.zip")).unwrap());
    for number in [10, 9] {
        let options = SimpleFileOptions::default();
        zip.start_file(format!("top/{number}.png"), options)
            .unwrap();
        let png = place.join("drawings/d10.png");
        zip.write_all(&fs::read(png).unwrap()).unwrap();
    }
    zip.finish().unwrap();
    let pictures = [
        "one, \"two\".png",
        "drawings",
        "set.zip",
        "./drawings/d2.png",
    ];
    let said = output(place, &with(&["predict", "--weights", "w"], &pictures));
    let errors = String::from_utf8(said.stderr).unwrap();
    assert!(errors.contains("1 files are passed over"), "{errors}");
    let table = String::from_utf8(said.stdout).unwrap();
    assert_eq!(table.lines().next(), Some("file,class,confidence"));
    assert_eq!(
        column(&table, 0),
        [
            "one, \"two\".png",
            "drawings/d0.png",
            "drawings/d1.png",
            "drawings/d2.png",
            "drawings/d10.png",
            "drawings/d11.png",
            "drawings/more/x.bmp",
            "set.zip/top/9.png",
            "set.zip/top/10.png",
            "./drawings/d2.png",
        ]
    );
    let rows = rows(&table);
    for row in &rows {
        assert!(NAMES.contains(&row[1].as_str()), "{row:?}");
        let confidence: f64 = row[2].parse().unwrap();
        assert!((0.1..=1.0).contains(&confidence), "{row:?}");
    }
    // The same picture gets the same prediction wherever it lies.
    for (one, other) in [(0, 2), (4, 7), (4, 8), (3, 9)] {
        assert_eq!(rows[one][1..], rows[other][1..]);
    }
}

#[test]
fn of_a_data_set_the_doodles_or_the_photos_are_predicted() {
    let folder = with_both();
    let place = folder.path();
    let predict = ["predict", "--weights", "w", "--data", "sample"];
    let doodles = column(&succeed(place, &predict), 0);
    assert_eq!(doodles.len(), 1000);
    assert_eq!(doodles[12], "sample/test_data/0/00012.bmp");
    let photos = column(&succeed(place, &with(&predict, &["--as", "photo"])), 0);
    assert_eq!(photos.len(), 600);
    assert_eq!(photos[0], "sample/train_data/0/0.bmp");
    assert!(photos[599].starts_with("sample/train_data/9/"));
}

#[test]
fn a_table_goes_where_it_is_told_to() {
    let folder = with_weights();
    let place = folder.path();
    save(place, "a.png", drawing(1));
    let predict = ["predict", "--weights", "w", "a.png"];
    let table = succeed(place, &predict);
    assert_eq!(succeed(place, &with(&predict, &["--out", "-"])), table);
    let said = succeed(place, &with(&predict, &["--out", "new/folder/t.csv"]));
    assert_eq!(said, "new/folder/t.csv: 1 predictions\n");
    assert_eq!(
        fs::read_to_string(place.join("new/folder/t.csv")).unwrap(),
        table
    );
    assert_eq!(names(place), ["a.png", "new", "w"]);
}

#[test]
fn the_most_probable_classes_and_all_probabilities_are_given_on_request() {
    let folder = with_weights();
    let place = folder.path();
    for number in 0..3 {
        save(place, &format!("d/{number}.png"), drawing(number));
    }
    let predict = [
        "predict",
        "--weights",
        "w",
        "d",
        "--top",
        "3",
        "--probabilities",
    ];
    let table = succeed(place, &predict);
    assert_eq!(
        table.lines().next().unwrap(),
        "file,class,confidence,class_2,confidence_2,class_3,confidence_3,".to_owned()
            + &NAMES.map(|name| format!("p_{name}")).join(",")
    );
    let objects = json(&succeed(place, &with(&predict, &["--json"])));
    for (row, object) in rows(&table).iter().zip(objects.as_array().unwrap()) {
        let numbers: Vec<f64> = row[7..].iter().map(|cell| cell.parse().unwrap()).collect();
        assert!((numbers.iter().sum::<f64>() - 1.0).abs() < 1e-4);
        let mut ranked = numbers.clone();
        ranked.sort_by(|one, other| other.total_cmp(one));
        for rank in 0..3 {
            let (class, confidence) = (&row[1 + 2 * rank], &row[2 + 2 * rank]);
            let named = NAMES.iter().position(|name| name == class).unwrap();
            let confidence: f64 = confidence.parse().unwrap();
            assert_eq!(confidence, ranked[rank]);
            assert_eq!(confidence, numbers[named]);
            assert_eq!(&object["top"][rank]["class"], class);
            let in_json = object["top"][rank]["confidence"].as_f64().unwrap();
            assert!((in_json - confidence).abs() < 1e-6);
        }
        assert_eq!(&object["file"], &row[0]);
        assert_eq!(&object["class"], &row[1]);
        let classes = object["probabilities"].as_object().unwrap();
        assert_eq!(classes.len(), 10);
    }
    let plain = json(&succeed(
        place,
        &["predict", "--weights", "w", "d", "--json"],
    ));
    assert_eq!(plain[0].as_object().unwrap().len(), 3);
}

#[test]
fn a_submission_has_the_two_columns_of_the_course() {
    let folder = with_weights();
    let place = folder.path();
    for number in [7, 12, 100] {
        save(place, &format!("numbers/{number:05}.png"), drawing(number));
    }
    for number in [0, 1, 10, 2] {
        save(place, &format!("names/d{number}.png"), drawing(number));
    }
    let predict = |data: &str, more: &[&str]| {
        let fixed = ["predict", "--weights", "w", "--data", data];
        succeed(place, &[&fixed[..], more].concat())
    };
    let class = |name: &String| NAMES.iter().position(|other| other == name).unwrap();
    let expected = |data: &str, ids: &[u64], places: &[usize]| {
        let classes = column(&predict(data, &[]), 1);
        let lines = ids.iter().zip(places);
        let lines = lines.map(|(id, place)| format!("{id},{}\n", class(&classes[*place])));
        "id,label\n".to_owned() + &lines.collect::<String>()
    };
    assert_eq!(
        predict("numbers", &["--submission"]),
        "submission.csv: 3 predictions\n"
    );
    let written = fs::read_to_string(place.join("submission.csv")).unwrap();
    assert_eq!(written, expected("numbers", &[7, 12, 100], &[0, 1, 2]));
    let one = predict("numbers/00012.png", &["--submission", "--out", "-"]);
    assert_eq!(one, expected("numbers", &[12], &[1]));
    // Names that are no numbers are numbered in the order of the alphabet: d0, d1, d10, d2.
    let written = predict("names", &["--submission", "--out", "-"]);
    assert_eq!(written, expected("names", &[0, 1, 2, 3], &[0, 1, 3, 2]));

    save(place, "numbers/x.png", drawing(3));
    fs::write(place.join("submission.csv"), "before").unwrap();
    let submission = ["predict", "--weights", "w", "--submission"];
    fail(
        place,
        &with(&submission, &["numbers"]),
        &["numbers/x.png", "number"],
    );
    fail(
        place,
        &with(&submission, &["numbers", "names"]),
        &["give one folder or zip"],
    );
    fail(
        place,
        &with(&submission, &["names", "--as", "photo"]),
        &["--submission is about doodles"],
    );
    let before = fs::read_to_string(place.join("submission.csv")).unwrap();
    assert_eq!(before, "before");
}

/// The probabilities that a classifier gives a picture that it is shown.
fn probabilities(shown: &GrayImage) -> Vec<f32> {
    let device = Device::flex();
    let (classifier, _) = classifier_from_bytes(&weights(), &device).unwrap();
    let predictions = Predictor::new(classifier, device).doodles(std::slice::from_ref(shown));
    predictions[0].probabilities.clone()
}

#[test]
fn of_a_photo_the_network_is_shown_what_it_was_trained_on() {
    let folder = with_weights();
    let place = folder.path();
    let picture = photo(4);
    save(place, "photo.png", picture.clone());
    let said = |arguments: &[&str]| {
        let said = output(place, arguments);
        let errors = String::from_utf8(said.stderr).unwrap();
        assert!(said.status.success(), "{errors}");
        let table = String::from_utf8(said.stdout).unwrap();
        let row = rows(&table).remove(0);
        let numbers: Vec<f32> = row[3..].iter().map(|cell| cell.parse().unwrap()).collect();
        (errors, numbers)
    };
    let photo = ["predict", "photo.png", "--as", "photo", "--probabilities"];
    let by_weights = with(&photo, &["--weights", "w"]);
    for (transform, words, options) in [
        (
            SourceTransform::Canny,
            "as their Canny edges (170, 300)",
            &[][..],
        ),
        (
            SourceTransform::Grey,
            "in grey",
            &["--source-transform", "grey"],
        ),
        (
            SourceTransform::Negative,
            "as negatives in grey",
            &["--source-transform", "negative"],
        ),
    ] {
        let (errors, numbers) = said(&with(&by_weights, options));
        assert!(
            errors.contains(&format!("photos are shown to the network {words}\n")),
            "{errors}"
        );
        for (one, other) in numbers
            .iter()
            .zip(probabilities(&transform.for_inference(&picture)))
        {
            assert!((one - other).abs() < 1e-5, "{transform:?}: {one} {other}");
        }
    }
    fail(
        place,
        &[
            "predict",
            "--weights",
            "w",
            "photo.png",
            "--source-transform",
            "grey",
        ],
        &["add --as photo"],
    );
    // A run knows what it was trained on.
    succeed(place, &["data", "sample", "sample"]);
    succeed(place, &with(&TINY, &["--source-transform", "grey"]));
    let (errors, _) = said(&with(&photo, &["--run", "run"]));
    assert!(
        errors.contains("photos are shown to the network in grey"),
        "{errors}"
    );
}

#[test]
fn pictures_that_cannot_be_read_are_listed_together_and_nothing_is_written() {
    let folder = with_weights();
    let place = folder.path();
    for number in 0..4 {
        save(place, &format!("d/{number}.png"), drawing(number));
    }
    for number in [1, 3] {
        let file = place.join(format!("d/{number}.png"));
        let bytes = fs::read(&file).unwrap();
        fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    }
    fs::write(place.join("t.csv"), "before").unwrap();
    let predict = ["predict", "--weights", "w", "d", "--out", "t.csv"];
    let said = output(place, &predict);
    let errors = String::from_utf8(said.stderr).unwrap();
    assert_eq!(said.status.code(), Some(1), "{errors}");
    for part in ["d/1.png", "d/3.png", "2 problems", "--skip-unreadable"] {
        assert!(errors.contains(part), "no {part} in {errors}");
    }
    assert_eq!(fs::read_to_string(place.join("t.csv")).unwrap(), "before");
    assert_eq!(names(place), ["d", "t.csv", "w"]);

    let said = output(place, &with(&predict, &["--skip-unreadable"]));
    let errors = String::from_utf8(said.stderr).unwrap();
    assert!(
        said.status.success() && errors.contains("left out: "),
        "{errors}"
    );
    let table = fs::read_to_string(place.join("t.csv")).unwrap();
    assert_eq!(column(&table, 0), ["d/0.png", "d/2.png"]);

    fail(
        place,
        &["predict", "--weights", "w", "d/1.png", "--skip-unreadable"],
        &["none of the 1 pictures"],
    );
    let said = output(
        place,
        &["predict", "--weights", "w", "absent.png", "d", "nor.zip"],
    );
    let errors = String::from_utf8(said.stderr).unwrap();
    assert!(
        errors.contains("absent.png: no such picture") && errors.contains("nor.zip"),
        "{errors}"
    );
    fs::create_dir(place.join("empty")).unwrap();
    fail(
        place,
        &["predict", "--weights", "w", "empty"],
        &["empty: holds no pictures"],
    );
}

#[test]
fn what_can_be_refused_is_refused_before_anything_is_predicted() {
    let folder = with_weights();
    let place = folder.path();
    save(place, "a.png", drawing(1));
    fs::write(place.join("file"), "before").unwrap();
    for (options, names) in [
        (&["--top", "0"][..], &["--top 0"][..]),
        (&["--top", "11"], &["--top 11", "10 classes"]),
        (
            &["--out", "file/below.csv"],
            &["file/below.csv: cannot be written"],
        ),
        (&["--out", "."], &["cannot be written", "folder"]),
        (&["--tta", "0"], &["--tta 0"]),
        (&["--tta", "1001"], &["--tta 1001"]),
    ] {
        let predict = ["predict", "--weights", "w", "a.png"];
        fail(place, &with(&predict, options), names);
    }
    for contradiction in [
        &["--submission", "--json"][..],
        &["--submission", "--top", "2"],
        &["--data", "a.png"],
    ] {
        let predict = ["predict", "--weights", "w", "a.png"];
        let said = output(place, &with(&predict, contradiction));
        assert_eq!(said.status.code(), Some(2), "{contradiction:?}");
        assert!(said.stdout.is_empty());
    }
    assert_eq!(
        output(place, &["predict", "--weights", "w"]).status.code(),
        Some(2)
    );
    assert_eq!(names(place), ["a.png", "file", "w"]);
}
