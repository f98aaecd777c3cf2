use super::*;

fn course() -> PictureIndex {
    let files = [
        "test_data/0/00000.bmp",
        "test_data/0/00001.bmp",
        "test_data/0/00012.bmp",
    ];
    PictureIndex::numbered([0, 1, 12].into_iter().zip(files))
}

fn unclear(index: &PictureIndex, cell: &str) -> String {
    match index.id(cell) {
        Err(PictureError::Unclear(why)) => why,
        other => panic!("{cell}: {other:?}"),
    }
}

fn unknown(index: &PictureIndex, cell: &str) -> String {
    assert_eq!(index.id(cell), Err(PictureError::Unknown), "{cell}");
    index.why_unknown(cell)
}

#[test]
fn of_many_files_of_one_name_each_is_found_by_its_folder() {
    let mut files: Vec<String> = (0..40)
        .map(|folder| format!("all/f{folder}/1.png"))
        .collect();
    files.push("other/F7/1.png".into());
    let index = PictureIndex::named(files.iter().map(String::as_str));
    for (cell, id) in [
        ("f8/1.png", 8),
        ("F9/1", 9),
        ("pictures/all/f31/1.png", 31),
        ("all/f7/1.png", 7),
        ("other/f7/1.png", 40),
    ] {
        assert_eq!(index.id(cell), Ok(id), "{cell}");
    }
    assert!(unclear(&index, "1.png").contains("all/f0/1.png or all/f1/1.png"));
    assert!(unclear(&index, "f7/1.png").contains("all/f7/1.png or other/F7/1.png"));
    assert_eq!(index.id("f99/1.png"), Err(PictureError::Unknown));
}

#[test]
fn a_picture_goes_by_its_number_and_by_its_file() {
    for cell in [
        "12",
        "00012",
        "12.0",
        "00012.bmp",
        "00012.BMP",
        "0/00012.bmp",
        "test_data/0/00012.bmp",
        "./test_data/0/00012.bmp",
        "test_data\\0\\00012.bmp",
        "C:\\real_or_drawing\\test_data\\0\\00012.bmp",
        "/content/real_or_drawing/test_data/0/00012.bmp",
        // Converted since.
        "12.png",
        "test_data/0/12.png",
    ] {
        assert_eq!(course().id(cell), Ok(12), "{cell}");
    }
}

#[test]
fn a_picture_of_another_folder_is_another_picture() {
    for cell in [
        "train_data/0/00012.bmp",
        "test_data/1/00012.bmp",
        "train_data/0/12.png",
    ] {
        let why = unknown(&course(), cell);
        assert!(why.contains("the first is test_data/0/00000.bmp"), "{why}");
    }
}

#[test]
fn pictures_without_numbers_go_by_their_names() {
    let files = ["d0.png", "d1.png", "Caf\u{e9}.png", "v1.2.png"];
    let index = PictureIndex::numbered((0..).zip(files));
    for (cell, id) in [
        ("d1.png", 1),
        ("d1", 1),
        ("D1.PNG", 1),
        ("cafe\u{301}.png", 2),
        ("v1.2", 3),
        ("unnamed/test_data/d0.png", 0),
        ("2", 2),
    ] {
        assert_eq!(index.id(cell), Ok(id), "{cell}");
    }
    // A number in a name is no place in the order.
    unknown(&index, "1.png");
    unknown(&index, "d2.png");
    unknown(&index, "v1.3");
}

#[test]
fn files_in_several_folders_are_told_apart() {
    let index = PictureIndex::named([
        "cat/1.png",
        "dog/1.png",
        "dog/2.png",
        "dog/X.png",
        "dog/x.png",
    ]);
    assert_eq!(index.id("dog/1.png"), Ok(1));
    assert_eq!(index.id("2"), Ok(2));
    assert_eq!(index.id("2.png"), Ok(2));
    assert_eq!(index.id("x.png"), Ok(4));
    for cell in ["1", "1.png", "1.jpg", "x"] {
        let why = unclear(&index, cell);
        assert!(why.contains("write the whole path"), "{why}");
    }
}

#[test]
fn numbers_that_lost_digits_are_said_to_have() {
    let ids = [9_000_003_627_287_624, 9_000_003_634_347_624];
    let index = PictureIndex::from(&ids);
    assert_eq!(index.id("9000003627287624"), Ok(ids[0]));
    let why = unknown(&index, "9000003627287620");
    assert!(why.contains("one has 9000003627287624"), "{why}");
    let why = unclear(&index, "9.000003627287624E+15");
    assert!(why.contains("keep that column as text"), "{why}");
    let index = PictureIndex::from(&[3, 3000]);
    let why = unclear(&index, "3.000");
    assert!(why.contains("3 or 3000"), "{why}");
}
