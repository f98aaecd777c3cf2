use proptest::prelude::*;

use super::*;

const FILE: &str = "labels.csv";

fn parse(bytes: &[u8]) -> Result<Vec<(u64, u8)>, String> {
    let files = [
        "test_data/0/00000.bmp",
        "test_data/0/00001.bmp",
        "test_data/0/00007.bmp",
    ];
    let pictures = PictureIndex::numbered([0, 1, 7].into_iter().zip(files));
    parse_for(&pictures, &ClassNames::default(), bytes)
}

fn parse_for(
    pictures: &PictureIndex,
    classes: &ClassNames,
    bytes: &[u8],
) -> Result<Vec<(u64, u8)>, String> {
    let labels = Labels::parse(Path::new(FILE), bytes, pictures, classes);
    let labels = labels.map_err(|error| error.to_string())?;
    Ok(labels.iter().map(|(id, class)| (id, class.0)).collect())
}

#[test]
fn labels_may_cover_some_pictures_in_any_order() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(FILE);
    fs::write(&file, "id,label\n7,0\n00001, 9\n").unwrap();
    let labels = Labels::read(&file, &[0, 1, 7], &ClassNames::default()).unwrap();
    assert_eq!(
        labels.iter().collect::<Vec<_>>(),
        [(1, ClassId(9)), (7, ClassId(0))]
    );
    assert_eq!((labels.get(7), labels.get(0)), (Some(ClassId(0)), None));
}

#[test]
fn tables_of_spreadsheets_and_data_frames_are_read() {
    for text in [
        "id,label\n0,3\n7,4\n",
        "\u{feff}id,label\r\n0,3\r\n7,4\r\n",
        "id,label\r0,3\r7,4\r",
        "id;label\r\n0;3\r\n7;4\r\n",
        "id\tlabel\n0\t3\n7\t4\n",
        "id|label\n0|3\n7|4\n",
        "sep=;\r\nid;label\r\n0;3\r\n7;4\r\n",
        "id,label\n0,3.0\n7,4.0\n",
        "id;label\n0;3,0\n7,0;4,0\n",
        "Id,Label\n0,3\n7,4\n",
        " ID , Label \n 0 , 3 \n 7 , 4 \n",
        "\"id\",\"label\"\n\"0\",\"3\"\n\"7\",\"4\"\n",
        "label,id\n3,0\n4,7\n",
        ",id,label\n0,0,3\n1,7,4\n",
        "Unnamed: 0,id,label\n0,0,3\n1,7,4\n",
        "id,label,\r\n0,3,\r\n7,4,\r\n,,\r\n,,\r\n",
        "\r\n\r\nid,label\r\n\r\n0,3\r\n\r\n7,4\r\n",
        "id,label,p_horse,p_bed\n0,3,0.1,0.9\n7,4,0.2,0.8\n",
        "file,class,confidence\n00000.bmp,apple,0.9\nsample/test_data/0/00007.bmp,cat,0.8\n",
        "id,label\n00000,apple\n00007,CAT\n",
        "id,label\n00000.bmp,3\ntest_data\\0\\00007.bmp,4\n",
        "id,label\n=\"00000\",3\n'00007,4\n",
        "id,label\n\"=\"\"00000\"\"\",3\n7,4\n",
        "id,label\n0\u{a0},3\n7,\u{200b}4\n",
        "id,label\n0,3\n7,4\n00007.bmp,cat\n",
        // As pandas writes a column in which some are missing.
        "id,label\n0,3.0\n1,\n7,4.0\n99,NaN\n",
        "id,label\n0.000000000000000000e+00,3.000000000000000000e+00\n7.000000000000000000e+00,4.000000000000000000e+00\n",
    ] {
        assert_eq!(parse(text.as_bytes()), Ok(vec![(0, 3), (7, 4)]), "{text:?}");
    }
    let utf_16 = "\u{feff}id,label\r\n0,3\r\n7,4\r\n".encode_utf16();
    let utf_16: Vec<u8> = utf_16.flat_map(u16::to_le_bytes).collect();
    assert_eq!(parse(&utf_16), Ok(vec![(0, 3), (7, 4)]));
    // What is not UTF-8 matters only where it is needed.
    let latin = b"id,label,remark\n0,3,caf\xE9\n";
    assert_eq!(parse(latin), Ok(vec![(0, 3)]));
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    for (text, message) in [
        (
            "id,label\n0,1\n2,1\n",
            ", line 3: no picture has id 2; remove the line, or give the pictures that belong to these labels",
        ),
        (
            "id,label\n0,10\n",
            ", line 2: label \"10\" is not a class; classes are 0 to 9, or horse, bed, clock, apple, cat, plane, television, dog, \
             dolphin, spider",
        ),
        (
            "class_id;id\n1;0\ncat;0\n",
            ", line 3: label \"cat\" is not a class; classes are 0 to 9",
        ),
        (
            "id,label\n\n0,1\n0,2\n",
            ", line 4: id 0 has label 2, and label 1 in line 3; keep one of the two lines",
        ),
        (
            "sep=;\nid;label\n0;1\nx;1\n",
            ", line 4: no picture is called \"x\"; the first is test_data/0/00000.bmp",
        ),
        (
            "id,label\n0\n",
            ", line 2: has no label; give one, or remove the line",
        ),
        (
            "id,label\n0,3\n,3\n",
            ", line 3: has no id; give one, or remove the line",
        ),
        (
            "id,label\n0,3,0\n",
            ", line 2: 3 values under 2 names of columns; put quotes around values with separators in them",
        ),
        (
            "id,label\n9.00000362728762E+15,3\n",
            ", line 2: id \"9.00000362728762E+15\" may have been rounded by a spreadsheet or a data frame; keep that column as text, \
             and write it again",
        ),
        (
            "0,1\n",
            ": the first line must be id,label, not \"0,1\"; add or correct it (id may also be file; label may be class; other \
             columns are ignored)",
        ),
        (
            "",
            ": the first line must be id,label, not \"nothing\"; add or correct it (id may also be file; label may be class; other \
             columns are ignored)",
        ),
        (
            "id,label\n,,\n1,\n",
            ": holds no labels; give a line id,label for each picture that is to be scored",
        ),
        (
            "id,target,prediction\n0,1,1\n",
            ": the columns target, prediction could all be the label; call the right one label, or remove the others",
        ),
        (
            "id,label\n3,0\n4,0\n",
            ": none of its 2 lines is about one of these 3 pictures (line 2: no picture has id 3; remove the line, or give the \
             pictures that belong to these labels); give the pictures that belong to these labels",
        ),
    ] {
        assert_eq!(
            parse(text.as_bytes()),
            Err(format!("{FILE}{message}")),
            "{text:?}"
        );
    }
    let latin = parse(b"id,label\n0,caf\xE9\n").unwrap_err();
    assert!(
        latin.contains("line 2: label \"caf\u{fffd}\" is not UTF-8"),
        "{latin}"
    );
    let unclosed = parse(b"id,label\n\"0,3\n1,4\n").unwrap_err();
    assert!(unclosed.contains("line 2: a quotation mark"), "{unclosed}");
    let long = parse(format!("id,label\n0,{}\n", "x".repeat(9999)).as_bytes()).unwrap_err();
    assert!(long.len() < 300, "{long}");
    let sheet = parse(b"PK\x03\x04\x14\0\x06\0").unwrap_err();
    assert!(sheet.contains("save the table as CSV"), "{sheet}");
}

#[test]
fn all_that_is_wrong_is_listed_together() {
    let text = "id,label\n0,1\n2,1\n3,1\n4,1\n1,x\n7,1\n7,2\n";
    assert_eq!(
        parse(text.as_bytes()).unwrap_err(),
        "labels.csv: 3 problems\n  \
         line 6: label \"x\" is not a class; classes are 0 to 9, or horse, bed, clock, apple, cat, plane, television, dog, dolphin, \
         spider\n  \
         line 8: id 7 has label 2, and label 1 in line 7; keep one of the two lines\n  \
         line 3: no picture has id 2; remove the line, or give the pictures that belong to these labels (and 2 other lines are about \
         pictures that are not there)"
    );
    let many = "id,label\n".to_owned() + &"1,x\n".repeat(300);
    let error = parse(many.as_bytes()).unwrap_err();
    assert!(
        error.starts_with("labels.csv: 300 problems\n  line 2: "),
        "{error}"
    );
    assert!(error.ends_with("\n  ... and 290 more"), "{error}");
}

#[test]
fn a_file_that_is_not_there() {
    let error = Labels::read(Path::new("absent.csv"), &[0], &ClassNames::default()).unwrap_err();
    assert!(error.to_string().starts_with("absent.csv: cannot be read"));
}

/// How a table may be written.
#[derive(Clone, Debug)]
struct Dialect {
    separator: &'static str,
    end_of_line: &'static str,
    quotes: bool,
    swapped: bool,
    index: bool,
    trailing: bool,
    utf_16: bool,
    bom: bool,
    ids: usize,
    labels: usize,
}

fn dialects() -> impl Strategy<Value = Dialect> {
    let form = (
        prop::sample::select(vec![",", ";", "\t", "|"]),
        prop::sample::select(vec!["\n", "\r\n", "\r"]),
        0..3_usize,
        0..4_usize,
    );
    let flags = (
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
    );
    (form, flags).prop_map(
        |(
            (separator, end_of_line, ids, labels),
            (quotes, swapped, index, trailing, utf_16, bom),
        )| Dialect {
            separator,
            end_of_line,
            quotes,
            swapped,
            index,
            trailing,
            utf_16,
            bom,
            ids,
            labels,
        },
    )
}

impl Dialect {
    fn write(&self, labels: &BTreeMap<u64, u8>, classes: &ClassNames) -> Vec<u8> {
        let mut lines = vec![self.line(None, ["id", "label"])];
        for (number, (id, class)) in labels.iter().enumerate() {
            let id = match self.ids {
                0 => id.to_string(),
                1 => format!("{id:05}.bmp"),
                _ => format!("data/test_data/{id:05}.bmp"),
            };
            let name = classes.name(ClassId(*class)).unwrap();
            let label = match self.labels {
                0 => class.to_string(),
                1 => format!("{class}.0"),
                2 => name.to_owned(),
                _ => name.to_uppercase(),
            };
            lines.push(self.line(Some(number), [&id, &label]));
        }
        let text = lines.concat();
        if self.utf_16 {
            let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
            return units.flat_map(u16::to_be_bytes).collect();
        }
        let bom = if self.bom { "\u{feff}" } else { "" };
        format!("{bom}{text}").into_bytes()
    }

    fn line(&self, number: Option<usize>, [id, label]: [&str; 2]) -> String {
        let quoted = |cell: &str| {
            if self.quotes {
                format!("\"{cell}\"")
            } else {
                cell.to_owned()
            }
        };
        let mut cells = vec![quoted(id), quoted(label)];
        if self.swapped {
            cells.reverse();
        }
        if self.index {
            cells.insert(
                0,
                number.map_or_else(String::new, |number| number.to_string()),
            );
        }
        if self.trailing {
            cells.push(String::new());
        }
        cells.join(self.separator) + self.end_of_line
    }
}

#[test]
fn why_a_file_cannot_be_read_is_said_once() {
    let folder = tempfile::tempdir().unwrap();
    let error = Labels::read(folder.path(), &[1], &ClassNames::default()).unwrap_err();
    assert!(error.to_string().contains("cannot be read ("), "{error}");
    let said = anyhow::Error::from(error);
    assert_eq!(said.chain().count(), 1, "{said:#}");
}

proptest! {
    #[test]
    fn a_written_table_reads_back_equal(
        labels in prop::collection::btree_map(0..100_000_u64, 0..10_u8, 1..40),
        dialect in dialects(),
    ) {
        let classes = ClassNames::default();
        let files: Vec<(u64, String)> =
            labels.keys().map(|id| (*id, format!("test_data/{id:05}.bmp"))).collect();
        let index = PictureIndex::numbered(files.iter().map(|(id, file)| (*id, file.as_str())));
        let read = parse_for(&index, &classes, &dialect.write(&labels, &classes));
        prop_assert_eq!(read, Ok(labels.into_iter().collect::<Vec<_>>()));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn any_cells_are_read_or_refused(
        rows in prop::collection::vec("[0-9a-zA-Z.,;|/\\\\\"'=eE+\u{e9}\u{301} \t\r\n-]{0,30}", 0..12),
        header in prop::sample::select(vec!["id,label", "file;class", "id\tlabel\textra", "name|y"]),
    ) {
        let _ = parse(format!("{header}\n{}", rows.join("\n")).as_bytes());
    }
}
