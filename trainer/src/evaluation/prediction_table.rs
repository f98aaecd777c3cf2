//! Predictions for people and programs: the file, the class and the confidence of each picture, as CSV or JSON.

use std::io::{self, Write};

use serde::{Serialize, Serializer};
use shared::classes::{ClassId, ClassNames};

use super::Prediction;

/// How predictions are written down.
#[derive(Debug)]
pub struct PredictionTable<'a> {
    /// The names of the classes, as many as there are probabilities.
    pub classes: &'a ClassNames,
    /// How many of the most probable classes are given, if more than the first: 1 to the number of classes.
    pub top: Option<usize>,
    /// Whether the probability of every class is given.
    pub probabilities: bool,
}

impl PredictionTable<'_> {
    /// Writes CSV: the columns `file,class,confidence`, then `class_2,confidence_2`, ... for the most probable classes after the
    /// first, then `p_<name>` for every class.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn csv<'b>(
        &self,
        out: &mut impl Write,
        predictions: impl Iterator<Item = (&'b str, &'b Prediction)>,
    ) -> io::Result<()> {
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(self.header())?;
        for (file, prediction) in predictions {
            csv.write_record(self.row(file, prediction))?;
        }
        csv.flush()
    }

    fn header(&self) -> Vec<String> {
        let mut header = ["file", "class", "confidence"].map(str::to_owned).to_vec();
        for rank in 2..=self.top.unwrap_or(1) {
            header.extend([format!("class_{rank}"), format!("confidence_{rank}")]);
        }
        if self.probabilities {
            let names = self.classes.names().iter();
            header.extend(names.map(|name| format!("p_{name}")));
        }
        header
    }

    fn row(&self, file: &str, prediction: &Prediction) -> Vec<String> {
        let decimal = |probability: f32| format!("{probability:.6}");
        let mut row = vec![file.to_owned()];
        for (class, probability) in prediction.top(self.top.unwrap_or(1)) {
            row.extend([self.name(class).to_owned(), decimal(probability)]);
        }
        if self.probabilities {
            row.extend(prediction.probabilities.iter().copied().map(decimal));
        }
        row
    }

    /// Writes a JSON array with an object a line: `file`, `class`, `confidence`, where asked for `top`, an array of `class` and
    /// `confidence`, and `probabilities`, an object with a number for each class.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn json<'b>(
        &self,
        out: &mut impl Write,
        predictions: impl Iterator<Item = (&'b str, &'b Prediction)>,
    ) -> io::Result<()> {
        let mut before = "[\n";
        for (file, prediction) in predictions {
            out.write_all(before.as_bytes())?;
            serde_json::to_writer(&mut *out, &self.record(file, prediction))?;
            before = ",\n";
        }
        let end = if before == "[\n" { "[]\n" } else { "\n]\n" };
        out.write_all(end.as_bytes())
    }

    fn record<'b>(&'b self, file: &'b str, prediction: &'b Prediction) -> Record<'b> {
        let ranked = |(class, confidence)| Ranked {
            class: self.name(class),
            confidence,
        };
        Record {
            file,
            class: self.name(prediction.class),
            confidence: prediction.confidence(),
            top: self
                .top
                .map(|count| prediction.top(count).map(ranked).collect()),
            probabilities: self
                .probabilities
                .then(|| Probabilities(self.classes, &prediction.probabilities)),
        }
    }

    fn name(&self, class: ClassId) -> &str {
        self.classes.name(class).unwrap_or_default()
    }
}

#[derive(Serialize)]
struct Record<'a> {
    file: &'a str,
    class: &'a str,
    confidence: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    top: Option<Vec<Ranked<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    probabilities: Option<Probabilities<'a>>,
}

#[derive(Serialize)]
struct Ranked<'a> {
    class: &'a str,
    confidence: f32,
}

/// An object with the classes in their order.
struct Probabilities<'a>(&'a ClassNames, &'a [f32]);

impl Serialize for Probabilities<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.names().iter().zip(self.1))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn three() -> ClassNames {
        ClassNames::new(["cat", "dog, big", "spider"].map(str::to_owned).to_vec()).unwrap()
    }

    fn prediction(probabilities: [f32; 3], class: u8) -> Prediction {
        Prediction {
            class: ClassId(class),
            probabilities: probabilities.to_vec(),
        }
    }

    fn written(top: Option<usize>, probabilities: bool) -> (String, Value) {
        let classes = three();
        let table = PredictionTable {
            classes: &classes,
            top,
            probabilities,
        };
        let predictions = [
            prediction([0.25, 0.5, 0.25], 1),
            prediction([0.875, 0.0, 0.125], 0),
        ];
        let rows = || ["a.png", "b \"c\".png"].into_iter().zip(&predictions);
        let (mut csv, mut json) = (Vec::new(), Vec::new());
        table.csv(&mut csv, rows()).unwrap();
        table.json(&mut json, rows()).unwrap();
        (
            String::from_utf8(csv).unwrap(),
            serde_json::from_slice(&json).unwrap(),
        )
    }

    #[test]
    fn a_row_says_the_file_the_class_and_the_confidence() {
        let (csv, json) = written(None, false);
        assert_eq!(
            csv,
            "file,class,confidence\na.png,\"dog, big\",0.500000\n\"b \"\"c\"\".png\",cat,0.875000\n"
        );
        let expected = json!([
            { "file": "a.png", "class": "dog, big", "confidence": 0.5 },
            { "file": "b \"c\".png", "class": "cat", "confidence": 0.875 },
        ]);
        assert_eq!(json, expected);
    }

    #[test]
    fn the_most_probable_classes_follow_and_of_equals_the_first() {
        let (csv, json) = written(Some(2), false);
        assert_eq!(
            csv,
            "file,class,confidence,class_2,confidence_2\n\
             a.png,\"dog, big\",0.500000,cat,0.250000\n\
             \"b \"\"c\"\".png\",cat,0.875000,spider,0.125000\n"
        );
        assert_eq!(
            json[0]["top"][0],
            json!({ "class": "dog, big", "confidence": 0.5 })
        );
        assert_eq!(
            json[0]["top"][1],
            json!({ "class": "cat", "confidence": 0.25 })
        );
        assert_eq!(json[0]["top"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn every_probability_has_a_column() {
        let (csv, json) = written(None, true);
        assert_eq!(
            csv.lines().next(),
            Some("file,class,confidence,p_cat,\"p_dog, big\",p_spider")
        );
        assert_eq!(
            csv.lines().nth(1),
            Some("a.png,\"dog, big\",0.500000,0.250000,0.500000,0.250000")
        );
        let expected = json!({ "cat": 0.25, "dog, big": 0.5, "spider": 0.25 });
        assert_eq!(json[0]["probabilities"], expected);
    }

    #[test]
    fn nothing_predicted_is_an_empty_table() {
        let classes = three();
        let table = PredictionTable {
            classes: &classes,
            top: None,
            probabilities: false,
        };
        let mut json = Vec::new();
        table.json(&mut json, [].into_iter()).unwrap();
        assert_eq!(json, b"[]\n");
    }
}
