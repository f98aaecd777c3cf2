//! Own classes as JSON, for the browser's storage and for a file.
//!
//! `{"format": "edgewise-classes", "version": 1, "network": "…", "classes": [{"name": "…", "examples": [{"drawing": "…",
//! "features": [0.5, …]}, …]}, …]}`. Drawings are written as in a link. `network` names the weights that the features come from:
//! with other weights the numbers mean something else.

use serde::{Deserialize, Serialize};
use shared::classes::ClassNames;

use super::class::{ClassError, EXAMPLES, Example, MOST, OwnClass, is_distinct};
use crate::share::code::{CodeError, TooMuch, decode, encode};

/// What the file calls itself.
const FORMAT: &str = "edgewise-classes";
/// The only version there is.
pub const VERSION: u32 = 1;
/// The largest file in bytes: eight classes with features of 4096 numbers would be larger, with 256 a tenth of it.
pub const LARGEST: usize = 4_000_000;

/// The JSON as it stands, not yet checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    format: String,
    version: u32,
    network: String,
    classes: Vec<Entry>,
}

impl Document {
    /// The weights that its features come from.
    pub fn network(&self) -> &str {
        &self.network
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Entry {
    name: String,
    examples: Vec<ExampleEntry>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct ExampleEntry {
    drawing: String,
    features: Vec<f32>,
}

/// Why a document holds no classes for this page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// It is not one of Edgewise.
    Format,
    /// Another version of the page wrote it.
    Version(u32),
    /// Its features come from another network.
    Network,
    /// It has more classes than the page takes.
    Count(usize),
    /// A class in it is none.
    Class(String, ClassError),
    /// A drawing in it is none.
    Drawing(String, CodeError),
}

/// Classes as a document.
///
/// # Errors
/// Where a drawing has more strokes than can be written.
pub fn write(classes: &[OwnClass], network: &str) -> Result<Document, TooMuch> {
    let example = |example: &Example| {
        Ok(ExampleEntry {
            drawing: encode(&example.drawing)?,
            features: example.features.clone(),
        })
    };
    let entry = |class: &OwnClass| {
        Ok(Entry {
            name: class.name().into(),
            examples: class
                .examples()
                .iter()
                .map(example)
                .collect::<Result<_, _>>()?,
        })
    };
    Ok(Document {
        format: FORMAT.into(),
        version: VERSION,
        network: network.into(),
        classes: classes.iter().map(entry).collect::<Result<_, _>>()?,
    })
}

/// The classes of a document, from a hostile one too. `network`: the weights in use, and `names` their classes.
///
/// # Errors
/// Where any of it is not as [`write`] leaves it.
pub fn read(
    document: Document,
    network: &str,
    names: &ClassNames,
) -> Result<Vec<OwnClass>, FileError> {
    if document.format != FORMAT {
        return Err(FileError::Format);
    }
    if document.version != VERSION {
        return Err(FileError::Version(document.version));
    }
    if document.network != network {
        return Err(FileError::Network);
    }
    if document.classes.len() > MOST {
        return Err(FileError::Count(document.classes.len()));
    }
    let mut classes = Vec::new();
    for entry in document.classes {
        let name = shortened(&entry.name);
        let refused = |error| FileError::Class(name.clone(), error);
        if entry.examples.len() != EXAMPLES {
            return Err(refused(ClassError::Count(entry.examples.len())));
        }
        let mut examples = Vec::new();
        for example in entry.examples {
            let drawing = decode(&example.drawing);
            examples.push(Example {
                drawing: drawing.map_err(|error| FileError::Drawing(name.clone(), error))?,
                features: example.features,
            });
        }
        let class = OwnClass::new(&entry.name, examples).map_err(refused)?;
        // As it was when the class was added: a name of today's in another language is no reason to lose it.
        is_distinct(class.name(), &classes, names).map_err(refused)?;
        classes.push(class);
    }
    Ok(classes)
}

/// A name for a sentence, however long it is.
fn shortened(name: &str) -> String {
    name.chars().take(super::class::LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use serde_json::{Value, json};

    use super::super::class::tests::class;
    use super::super::text;
    use super::*;

    const NETWORK: &str = "edgewise-0123456789abcdef.safetensors";

    fn document() -> Document {
        write(&[class("star", 0), class("tree", 3)], NETWORK).unwrap()
    }

    fn read_here(document: Document) -> Result<Vec<OwnClass>, FileError> {
        read(document, NETWORK, &ClassNames::default())
    }

    /// The document with something else at one place.
    fn with(pointer: &str, value: Value) -> Document {
        let mut json = serde_json::to_value(document()).unwrap();
        *json.pointer_mut(pointer).unwrap() = value;
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn classes_come_back_with_names_drawings_and_features() {
        let json = serde_json::to_string(&document()).unwrap();
        let classes = read_here(serde_json::from_str(&json).unwrap()).unwrap();
        assert_eq!(classes, [class("star", 0), class("tree", 3)]);
    }

    #[test]
    fn names_that_a_new_class_may_not_have_are_no_reason_to_refuse_older_ones() {
        for name in ["貓", "caf\u{e9}"] {
            let older = [class(name, 0), class("cafe\u{301}", 3)];
            let document = write(&older, NETWORK).unwrap();
            assert_eq!(read_here(document).unwrap(), older);
        }
    }

    #[test]
    fn what_another_program_page_or_network_wrote_is_refused() {
        let format = with("/format", json!("teachable-machine"));
        assert_eq!(read_here(format), Err(FileError::Format));
        assert_eq!(
            read_here(with("/version", json!(2))),
            Err(FileError::Version(2))
        );
        assert_eq!(
            read_here(with("/network", json!("other"))),
            Err(FileError::Network)
        );
    }

    #[test]
    fn hostile_numbers_names_and_drawings_are_refused() {
        let example = json!({ "drawing": "AQ", "features": [1.0] });
        for (pointer, value) in [
            ("/classes/0/name", json!("")),
            ("/classes/0/name", json!("tree")),
            ("/classes/0/name", json!("CAT")),
            ("/classes/0/name", json!("x".repeat(1_000_000))),
            ("/classes/0/examples", json!([])),
            ("/classes/0/examples", Value::from(vec![example; 100_000])),
            ("/classes/0/examples/2/features", json!([])),
            ("/classes/0/examples/2/features", json!(vec![0.0; 8])),
            ("/classes/0/examples/2/features", json!(vec![1e300; 8])),
            ("/classes/0/examples/2/features", json!(vec![1.0; 9])),
            ("/classes/0/examples/2/drawing", json!("<script>")),
            (
                "/classes/0/examples/2/drawing",
                json!("A".repeat(1_000_000)),
            ),
        ] {
            let error = text::not_read(&read_here(with(pointer, value)).unwrap_err());
            assert!(error.len() < 300, "{error}");
        }
        let entry = serde_json::to_value(document()).unwrap()["classes"][0].clone();
        let many = with("/classes", Value::from(vec![entry; 9]));
        assert_eq!(read_here(many), Err(FileError::Count(9)));
    }

    #[cfg(not(target_family = "wasm"))]
    mod properties {
        use proptest::prelude::*;

        use super::*;

        proptest! {
            #[test]
            fn any_document_is_classes_within_bounds_or_an_error(
                names in prop::collection::vec("\\PC{0,30}", 0..10),
                features in prop::collection::vec(any::<f32>(), 0..12),
                drawing in "[A-Za-z0-9_-]{0,40}",
            ) {
                let mut document = document();
                let mut entry = document.classes[0].clone();
                entry.examples[1].features = features;
                entry.examples[3].drawing = drawing;
                document.classes = names
                    .into_iter()
                    .map(|name| Entry { name, ..entry.clone() })
                    .collect();
                if let Ok(classes) = read_here(document) {
                    prop_assert!(classes.len() <= MOST);
                }
            }

            #[test]
            fn any_file_is_a_document_or_an_error(text in "\\PC{0,200}") {
                let _: Result<Document, _> = serde_json::from_str(&text);
            }
        }
    }
}
