//! Scores of pictures whose labels are known.

use std::{
    fmt,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};

use datasets::Observer;
use image::GrayImage;
use serde::Serialize;
use shared::{
    classes::{ClassId, ClassNames},
    weights::Measurement,
};

use super::{
    BATCH, DomainInput, NoveltyScore, NoveltyTrial, Prediction, Predictor, Reliability, Robustness,
    RobustnessTally, Score, predict_chunks, predict_doodles,
};
use crate::data::{
    DataError, Domain, Doodles, Labels, PictureFiles, PictureFilesError, SeenPhotos,
};

/// How accurate a classifier is, and how far its confidence can be trusted.
#[derive(Debug, Serialize)]
pub struct Evaluation {
    /// What the pictures are.
    #[serde(rename = "as")]
    pub domain: Domain,
    /// Pictures that there are, with a label or without.
    pub pictures: usize,
    /// How accurate it is.
    #[serde(flatten)]
    pub score: Score,
    /// How far its confidence can be trusted.
    #[serde(flatten)]
    pub reliability: Reliability,
    /// How accurate it is on doodles drawn on the page, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub robustness: Option<Robustness>,
    /// How well drawings of other things are refused, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub novelty: Option<NoveltyScore>,
    /// Why the score may be too high, if it may.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caveat: Option<String>,
}

impl fmt::Display for Evaluation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scored = self.score.scored;
        if self.pictures > scored {
            writeln!(
                f,
                "{scored} of {} pictures are scored; the other {} have no label",
                self.pictures,
                self.pictures - scored
            )?;
        }
        let error = self.reliability.expected_calibration_error;
        write!(f, "{}\n\nexpected calibration error {error:.4}", self.score)?;
        if let Some(robustness) = &self.robustness {
            write!(f, "\n\n{robustness}")?;
        }
        if let Some(novelty) = &self.novelty {
            write!(f, "\n\n{novelty}")?;
        }
        match &self.caveat {
            Some(caveat) => write!(f, "\n\n{caveat}"),
            None => Ok(()),
        }
    }
}

/// Pictures that have a label, and the labels.
pub struct Labelled {
    domain: Domain,
    files: PictureFiles,
    labels: Labels,
    /// Pictures that there are, with a label or without.
    pictures: usize,
}

impl Labelled {
    /// Finds the pictures of a folder or zip that have a label: in a labels file, or, where there is none, as photos by the folders
    /// they are in.
    ///
    /// # Errors
    /// When the pictures or the labels cannot be used.
    pub fn open(
        data: &Path,
        labels: Option<&Path>,
        domain: Domain,
        classes: &ClassNames,
    ) -> anyhow::Result<Self> {
        let Some(labels) = labels else {
            let (files, labels) = PictureFiles::by_class(data, domain, classes)?;
            return Ok(Self::new(domain, files, labels));
        };
        let files = match domain {
            Domain::Doodle => PictureFiles::numbered(data)?,
            Domain::Photo => PictureFiles::list(&[data.to_owned()], domain)?,
        };
        let labels = Labels::read(labels, files.index(), classes)?;
        Ok(Self::new(domain, files, labels))
    }

    fn new(domain: Domain, mut files: PictureFiles, labels: Labels) -> Self {
        let pictures = files.len();
        files.retain(|id| labels.get(id).is_some());
        Self {
            domain,
            files,
            labels,
            pictures,
        }
    }

    /// How many files are passed over, since they are no pictures.
    pub fn passed_over(&self) -> usize {
        self.files.passed_over()
    }

    /// Predicts and scores them, or returns nothing where `stop` was set before the end.
    ///
    /// # Errors
    /// All pictures that cannot be read.
    pub fn score(
        &self,
        predictor: &Predictor,
        classes: &ClassNames,
        input: DomainInput,
        stop: &AtomicBool,
        observer: &dyn Observer,
    ) -> anyhow::Result<Option<Evaluation>> {
        let (mut tally, mut problems) = (Tally::default(), Vec::new());
        let chunks = input.chunks(&self.files, |problem| problems.push(problem));
        let finished = predict_chunks(
            predictor,
            self.files.len(),
            chunks,
            stop,
            observer,
            |id, prediction| {
                tally.add(id, &prediction, &self.labels);
                Ok(())
            },
        )?;
        if !finished {
            return Ok(None);
        }
        PictureFilesError::any(problems)?;
        Ok(Some(Evaluation {
            domain: self.domain,
            pictures: self.pictures,
            ..tally.evaluation(&self.labels, classes)?
        }))
    }

    /// Why a score on photos may be too high: how many of them the network was trained on, where that is known.
    ///
    /// # Errors
    /// When a photo cannot be read.
    pub fn caveat(&self, seen: Option<&SeenPhotos>) -> anyhow::Result<Option<String>> {
        let Some(seen) = seen else {
            return Ok(Some(
                "These may be photos that it was trained on; on others it may be less accurate."
                    .into(),
            ));
        };
        let mut count = 0;
        for (_, photo) in self.files.photos(BATCH).flatten() {
            count += usize::from(seen.contains(&photo?));
        }
        let all = self.files.len();
        Ok((count > 0).then(|| {
            format!("It was trained on {count} of these {all} photos; on others it may be less accurate.")
        }))
    }

    /// How well a weights file tells drawings of other things from these doodles.
    ///
    /// # Errors
    /// When there are no drawings, or a picture cannot be read.
    pub fn score_novelty(&self, trial: &NoveltyTrial) -> anyhow::Result<NoveltyScore> {
        let doodles = self.files.doodles(BATCH).flatten();
        let doodles: Vec<GrayImage> = doodles
            .map(|(_, picture)| Ok(picture?))
            .collect::<anyhow::Result<_>>()?;
        trial.score(&doodles)
    }

    /// Scores doodles as bitmaps and as drawings with perturbations, or returns nothing where `stop` was set before the end.
    ///
    /// # Errors
    /// When a picture cannot be read.
    pub fn score_robustness(
        &self,
        predictor: &Predictor,
        classes: &ClassNames,
        stop: &AtomicBool,
        observer: &dyn Observer,
    ) -> anyhow::Result<Option<Robustness>> {
        observer.begin(Some(self.labels.len() as u64), 0);
        let mut tally = RobustnessTally::default();
        for chunk in self.files.doodles(BATCH) {
            let mut doodles = Doodles::default();
            for (id, picture) in chunk {
                doodles.ids.push(id);
                doodles.pictures.push(picture?);
            }
            if stop.load(Ordering::Relaxed) {
                observer.end(false);
                return Ok(None);
            }
            tally.add(predictor, &doodles);
            observer.advance(doodles.ids.len() as u64);
        }
        observer.end(true);
        Ok(Some(tally.finish(&self.labels, classes)?))
    }
}

/// Predictions that are to be scored.
#[derive(Default)]
struct Tally {
    predictions: Vec<(u64, ClassId)>,
    /// The confidence of each, and whether it is correct.
    confidences: Vec<(f32, bool)>,
}

impl Tally {
    fn add(&mut self, id: u64, prediction: &Prediction, labels: &Labels) {
        let is_correct = labels.get(id) == Some(prediction.class);
        self.predictions.push((id, prediction.class));
        self.confidences.push((prediction.confidence(), is_correct));
    }

    fn evaluation(self, labels: &Labels, classes: &ClassNames) -> anyhow::Result<Evaluation> {
        Ok(Evaluation {
            domain: Domain::Doodle,
            pictures: labels.len(),
            score: Score::new(self.predictions, labels, classes)?,
            reliability: Reliability::new(self.confidences),
            robustness: None,
            novelty: None,
            caveat: None,
        })
    }
}

/// Predicts and scores doodles that come in chunks and all have a label.
///
/// # Errors
/// When a chunk cannot be read, or a label is not one of the classes.
pub fn score_doodles(
    predictor: &Predictor,
    classes: &ClassNames,
    chunks: impl Iterator<Item = Result<Doodles, DataError>>,
    labels: &Labels,
    observer: &dyn Observer,
) -> anyhow::Result<Evaluation> {
    let mut tally = Tally::default();
    predict_doodles(
        predictor,
        labels.len(),
        chunks,
        observer,
        |id, prediction| {
            tally.add(id, &prediction, labels);
            Ok(())
        },
    )?;
    tally.evaluation(labels, classes)
}

/// What a weights file says of a score.
pub fn measurement(score: &Score, on: String) -> Measurement {
    Measurement {
        accuracy: score.accuracy,
        pictures: score.scored,
        on,
    }
}
