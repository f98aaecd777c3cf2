use std::ops::ControlFlow;

use shared::{
    classes::ClassId,
    story::{Curve, Frame, Measured, POSITION_MAX, Point, Position},
};

use super::Pictures;
use crate::{
    data::{Doodles, Labels},
    device::ChosenDevice,
    embedding::{Embeddings, EpochEmbedding, Settings},
    evaluation::{BATCH, Predictor, Score},
    training::{CheckpointSelector, DeviceChoice, ModelRef, RunInfo},
};

/// Is told how many steps of all embeddings are done, and of which network, and may stop the work.
pub type Progress<'a> = dyn Fn(usize, &str) -> ControlFlow<()> + 'a;

/// The networks that a film is of.
pub struct Networks<'a> {
    /// The run, whose snapshots are the frames.
    pub info: &'a RunInfo,
    /// The network on the page, where it is not the run's.
    pub shipped: Option<ModelRef<'a>>,
    /// Where features and predictions are computed.
    pub device: &'a ChosenDevice,
}

/// What is computed by networks: positions, classes and scores.
pub struct Film {
    /// The film's points.
    pub points: Vec<Point>,
    /// An embedding for each snapshot.
    pub frames: Vec<Frame>,
    /// The embedding of the network on the page, where it is not the run's.
    pub shipped_map: Option<Vec<Position>>,
    /// Accuracy on labelled doodles at each snapshot, where there are labels.
    pub doodle_accuracy: Option<Curve>,
    /// The score of the network on the page, where there are labels.
    pub score: Option<Score>,
}

/// One network after the other, each starting where the one before has put the points.
struct Maker<'a> {
    networks: &'a Networks<'a>,
    pictures: &'a Pictures,
    settings: &'a Settings,
    labelled: Option<(&'a Doodles, &'a Labels)>,
    progress: &'a Progress<'a>,
}

/// What one network is asked for.
struct Embedded {
    embedding: EpochEmbedding,
    score: Option<Score>,
    predictor: Predictor,
}

impl Film {
    /// Embeds the pictures by the features of each snapshot, and scores each on `labelled` doodles; none where `progress` stopped it.
    /// The settings' numbers of pictures have no effect here.
    ///
    /// # Errors
    /// When a snapshot or the network on the page cannot be read, its features cannot be embedded, or the labels do not fit.
    pub fn new(
        networks: &Networks<'_>,
        pictures: &Pictures,
        settings: &Settings,
        labelled: Option<(&Doodles, &Labels)>,
        progress: &Progress<'_>,
    ) -> anyhow::Result<Option<Self>> {
        let info = networks.info;
        let maker = Maker {
            networks,
            pictures,
            settings,
            labelled,
            progress,
        };
        let (mut epochs, mut accuracies) = (Vec::new(), Vec::new());
        let (mut score, mut classes) = (None, Vec::new());
        for snapshot in &info.snapshots {
            let selector = CheckpointSelector::Snapshot(snapshot.epoch);
            let model = ModelRef::Run(info.folder.path(), selector);
            let name = format!("epoch {}", snapshot.epoch);
            let Some(made) = maker.make(model, snapshot.epoch, &name, &epochs)? else {
                return Ok(None);
            };
            if let Some(score) = &made.score {
                accuracies.push((snapshot.epoch, score.accuracy as f32));
            }
            let is_last = epochs.len() + 1 == info.snapshots.len();
            if is_last {
                let predictions = made.predictor.doodles(pictures.doodles());
                classes = predictions
                    .iter()
                    .map(|prediction| prediction.class)
                    .collect::<Vec<ClassId>>();
            }
            score = made.score;
            epochs.push(made.embedding);
        }
        if let Some(model) = networks.shipped {
            let after = epochs.last().map_or(0, |embedding| embedding.epoch + 1);
            let Some(made) = maker.make(model, after, "the network on the page", &epochs)? else {
                return Ok(None);
            };
            score = made.score;
            epochs.push(made.embedding);
        }
        // All on the same axes, the map too.
        let embeddings = Embeddings::new(info.classes.clone(), &pictures.embedded, epochs);
        let mut frames: Vec<Frame> = embeddings.epochs.iter().map(frame).collect();
        let shipped_map = networks
            .shipped
            .and_then(|_| frames.pop())
            .map(|map| map.positions);
        Ok(Some(Self {
            points: pictures.points(&classes),
            frames,
            shipped_map,
            doodle_accuracy: labelled.map(|_| Curve {
                name: "doodle_accuracy".to_owned(),
                values: accuracies,
            }),
            score,
        }))
    }

    /// The measurement of the network on the page, where there were labels, with its conditions in English and perhaps in Traditional
    /// Chinese.
    pub fn measured(&self, conditions: String, conditions_zh: Option<String>) -> Option<Measured> {
        self.score.as_ref().map(|score| Measured {
            confusion: score.confusion.concat(),
            conditions,
            conditions_zh,
        })
    }
}

impl Maker<'_> {
    /// The embedding of one network's features, and its score; none where a stop was asked for.
    fn make(
        &self,
        model: ModelRef<'_>,
        epoch: u32,
        name: &str,
        before: &[EpochEmbedding],
    ) -> anyhow::Result<Option<Embedded>> {
        let device = self.networks.device;
        let (classifier, metadata) = model.load(&device.device, &())?;
        let predictor = Predictor::new(classifier, device.device.clone());
        let predictor = match device.choice {
            DeviceChoice::Cpu => predictor.with_own_kernels(&metadata)?,
            DeviceChoice::Auto | DeviceChoice::Cuda(_) | DeviceChoice::Wgpu => predictor,
        };
        let done = self.settings.iterations * before.len();
        let after = done + self.settings.iterations;
        let embedding = EpochEmbedding::new(
            epoch,
            &predictor,
            &self.pictures.embedded,
            self.settings,
            before.last(),
            |step| (self.progress)(done + step, name),
        )?;
        let Some(embedding) = embedding else {
            return Ok(None);
        };
        let score = match self.labelled {
            Some((doodles, labels)) => {
                match self.score(&predictor, doodles, labels, || (self.progress)(after, name))? {
                    Some(score) => Some(score),
                    None => return Ok(None),
                }
            }
            None => None,
        };
        Ok(Some(Embedded {
            embedding,
            score,
            predictor,
        }))
    }

    fn score(
        &self,
        predictor: &Predictor,
        doodles: &Doodles,
        labels: &Labels,
        progress: impl Fn() -> ControlFlow<()>,
    ) -> anyhow::Result<Option<Score>> {
        let mut predictions = Vec::new();
        for (ids, pictures) in doodles
            .ids
            .chunks(BATCH)
            .zip(doodles.pictures.chunks(BATCH))
        {
            if progress().is_break() {
                return Ok(None);
            }
            let classes = predictor.doodles(pictures).into_iter();
            let classes = classes.map(|prediction| prediction.class);
            predictions.extend(ids.iter().copied().zip(classes));
        }
        let classes = &self.networks.info.classes;
        Ok(Some(Score::new(predictions, labels, classes)?))
    }
}

/// Positions from 0 to 1 as those of a story.
fn frame(embedding: &EpochEmbedding) -> Frame {
    let whole = |unit: f32| (unit * f32::from(POSITION_MAX)).round() as u16;
    let positions = embedding.source.iter().chain(&embedding.target);
    Frame {
        epoch: embedding.epoch,
        positions: positions.map(|position| position.map(whole)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_square_is_the_whole_range() {
        let embedding = EpochEmbedding {
            epoch: 8,
            divergence: 1.0,
            source: vec![[0.0, 1.0]],
            target: vec![[0.5, 0.25]],
        };
        let expected = Frame {
            epoch: 8,
            positions: vec![[0, POSITION_MAX], [2048, 1024]],
        };
        assert_eq!(frame(&embedding), expected);
    }
}
