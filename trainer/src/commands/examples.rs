//! What stands below the help of each verb.

pub(super) const PROGRAM: &str = "\
Examples:
  trainer                                  train on the data at hand, or on the embedded sample
  trainer train --data pictures.zip --epochs 50
  trainer train --resume                   resume the newest unfinished run
  trainer refine --run runs/first          then train on by pseudo-labels
  trainer tsne --run runs/first            embed its features at the snapshots (t-SNE)
  trainer report --run runs/first          and put everything on one page
  trainer evaluate --run runs/first --data pictures.zip --labels labels.csv

Exit codes:
  0    done
  1    an error: one line on standard error says what and what to do
  2    a command line that is not understood
  130  stopped by Ctrl-C, with every completed epoch saved; a second Ctrl-C stops at once";

pub(super) const TRAIN: &str = "\
Examples:
  trainer train --data pictures.zip --run runs/first
  trainer train --preset best --data pictures.zip --dry-run    what it would train, and for how long
  trainer train --variant reversal --lambda paper --epochs 50 --snapshot-epochs 0,9,19,...
  trainer train --data pictures.zip --labels labels.csv    report a score at each snapshot
  trainer train --preset course --seeds 3                  three runs, and the mean and deviation of their results
  trainer train --resume --run runs/first --epochs 300     resume, for more epochs than before";

pub(super) const RUNS: &str = "\
Examples:
  trainer runs                                             those in runs/
  trainer runs --in experiments --json
  trainer runs compare runs/first runs/second";

pub(super) const REFINE: &str = "\
Examples:
  trainer refine --run runs/first
  trainer refine --run runs/first --best --epochs 50 --confidence 0.9 --out runs/second
  trainer train --resume --run runs/second                 resume after Ctrl-C";

pub(super) const EVALUATE: &str = "\
Examples:
  trainer evaluate --weights edgewise.safetensors --data pictures.zip --labels labels.csv
  trainer evaluate --run runs/first --at 99 --data pictures.zip --labels labels.csv --figures figures
  trainer evaluate --run runs/first --tta 20 --data pictures.zip --labels labels.csv --json
  trainer evaluate --run runs/first --as photo --data pictures.zip    photos, by the folders they are in";

pub(super) const PREDICT: &str = "\
Examples:
  trainer predict --weights edgewise.safetensors drawing.png more-drawings set.zip
  trainer predict --weights edgewise.safetensors --as photo photos --top 3 --out photos.csv
  trainer predict --run runs/first --best --tta 20 drawings --probabilities --json
  trainer predict --run runs/first --data pictures.zip --submission";

pub(super) const CURVES: &str = "\
Examples:
  trainer curves --run runs/first                          while it trains, or afterwards
  trainer curves --run runs/first --run runs/second --out both.png

The same numbers are in log.csv in the run's folder: any program that plots CSV files reads them.";

pub(super) const FIGURES: &str = "\
Examples:
  trainer figures samples --data pictures.zip --out samples.png
  trainer figures canny photo.jpg --thresholds 50,100 --thresholds 170,300 --own-size";

pub(super) const TSNE: &str = "\
Examples:
  trainer tsne --run runs/first
  trainer tsne --run runs/first --photos 1000 --doodles 1000 --perplexity 50

Writes tsne/ in the run's folder: a figure an epoch (SVG and PNG), tsne.png (animated) and tsne.json.";

pub(super) const REPORT: &str = "\
Examples:
  trainer report --run runs/first
  trainer report --run runs/first --labels labels.csv --out first.html";

pub(super) const EXPORT: &str = "\
Examples:
  trainer export --run runs/first
  trainer export --run runs/first --best --precision f16 --out small.safetensors
  trainer export --run runs/first --format pytorch-safetensors --out for-pytorch";

pub(super) const EXPORT_STORY: &str = "\
Examples:
  trainer export-story --run runs/first --out assets/story.safetensors
  trainer export-story --run runs/first --shown my-doodles --labels labels.csv
  trainer export-story --run runs/first --weights edgewise.safetensors --labels labels.csv \\
    --conditions \"1,000 doodles that it was not trained on\"

The film has one frame per snapshot: training with --epochs 60 --snapshot-epochs 0,3,6,... gives 21.";

pub(super) const IMPORT: &str = "\
Examples:
  trainer import --extractor extractor_model.bin --predictor predictor_model.bin --out mine.safetensors
  trainer import --classes classes.txt";

pub(super) const DATA: &str = "\
Examples:
  trainer data fetch                       the course's archive, to data/real_or_drawing.zip
  trainer data build --cifar downloads --quickdraw downloads --out data/real_or_drawing
  trainer data check pictures.zip
  trainer data sample sample";

pub(super) const COMPLETIONS: &str = "\
Examples:
  trainer completions bash > ~/.local/share/bash-completion/completions/trainer
  trainer completions fish > ~/.config/fish/completions/trainer.fish";
