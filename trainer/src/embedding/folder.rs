use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{Embeddings, EpochEmbedding, Key};
use crate::{json::read_json, training::RunFolder};

/// The folder of a run's embeddings: one file for each finished epoch, so that work that was stopped
/// can continue, and one file with all.
pub struct EmbeddingFolder(PathBuf);

/// A finished epoch.
#[derive(Serialize, Deserialize)]
struct Finished {
    /// None in files of format 0, which do not tell their pictures.
    #[serde(default)]
    key: Option<Key>,
    #[serde(alias = "map")]
    embedding: EpochEmbedding,
}

impl EmbeddingFolder {
    /// That of a run.
    pub fn of_run(run: &RunFolder) -> Self {
        Self(run.embeddings())
    }

    /// A file in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// A finished epoch's embedding, where it has the same key.
    ///
    /// # Errors
    /// When its file is there and cannot be read.
    pub fn read(&self, epoch: u32, key: &Key) -> anyhow::Result<Option<EpochEmbedding>> {
        let finished: Option<Finished> = read(&self.epoch(epoch))?;
        Ok(finished
            .filter(|finished| finished.key.as_ref() == Some(key))
            .map(|finished| finished.embedding))
    }

    /// Stores a finished epoch's embedding.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, key: &Key, embedding: &EpochEmbedding) -> anyhow::Result<()> {
        let finished = Finished {
            key: Some(key.clone()),
            embedding: embedding.clone(),
        };
        let bytes = serde_json::to_vec(&finished)?;
        Ok(files::write(&self.epoch(embedding.epoch), &bytes)?)
    }

    /// All embeddings on the same axes, where they were made.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn read_all(&self) -> anyhow::Result<Option<Embeddings>> {
        read(&self.all())
    }

    /// Stores them.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write_all(&self, embeddings: &Embeddings) -> anyhow::Result<()> {
        Ok(files::write(&self.all(), &serde_json::to_vec(embeddings)?)?)
    }

    /// The file of all embeddings.
    pub fn all(&self) -> PathBuf {
        self.file("tsne.json")
    }

    fn epoch(&self, epoch: u32) -> PathBuf {
        self.file(&format!("epoch-{epoch:05}.json"))
    }
}

impl Embeddings {
    /// The embeddings that `tsne` left in a run's folder, where it was run.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn of_run(run: &RunFolder) -> anyhow::Result<Option<Self>> {
        EmbeddingFolder::of_run(run).read_all()
    }
}

fn read<T: DeserializeOwned>(file: &Path) -> anyhow::Result<Option<T>> {
    if !file.exists() {
        return Ok(None);
    }
    read_json(file)
        .map(Some)
        .context("remove that file and run `trainer tsne` anew")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedding::Settings;

    #[test]
    fn a_finished_epoch_is_reused_with_the_same_key_alone() {
        let run = tempfile::tempdir().unwrap();
        let folder = EmbeddingFolder(run.path().to_owned());
        let settings = Settings {
            photos: 2,
            doodles: 1,
            perplexity: 30.0,
            iterations: 10,
            seed: 0,
        };
        let key = Key {
            settings: settings.clone(),
            pictures: "0123".into(),
            classifiers: "89ab".into(),
        };
        let embedding = EpochEmbedding {
            epoch: 99,
            divergence: 0.1,
            source: vec![[0.1, 1.0e-7], [f32::MAX, -3.3]],
            target: vec![[1.0 / 3.0, 2.0]],
        };
        assert_eq!(folder.read(99, &key).unwrap(), None);
        folder.write(&key, &embedding).unwrap();
        assert_eq!(folder.read(99, &key).unwrap(), Some(embedding.clone()));
        // Versions before called it a map.
        let old = serde_json::json!({"key": &key, "map": &embedding});
        std::fs::write(folder.epoch(99), old.to_string()).unwrap();
        assert_eq!(folder.read(99, &key).unwrap(), Some(embedding));
        let other_seed = Settings {
            seed: 1,
            ..settings
        };
        let others = [
            Key {
                settings: other_seed,
                ..key.clone()
            },
            Key {
                pictures: "4567".into(),
                ..key.clone()
            },
            Key {
                classifiers: "cdef".into(),
                ..key.clone()
            },
        ];
        for other in others {
            assert_eq!(folder.read(99, &other).unwrap(), None);
        }
        std::fs::write(folder.epoch(99), "{").unwrap();
        let error = format!("{:#}", folder.read(99, &key).unwrap_err());
        assert!(error.contains("epoch-00099.json is damaged"), "{error}");
    }
}
