//! The terminal: what it shows of a training, and Ctrl-C.

use std::{
    cell::RefCell,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::Context;
use indicatif::ProgressBar;

use super::{INTERRUPTED, Outcome, chart::chart, hangup};
use crate::{
    data::Found,
    device::{self, ChosenDevice},
    note, progress, say,
    training::{DeviceChoice, Ending, EpochRecord, Extent, Observer, Snapshot, Warning},
};

/// Prints what a training tells.
#[derive(Default)]
pub struct Terminal {
    bar: RefCell<Option<ProgressBar>>,
}

impl Observer for Terminal {
    fn data(&self, found: &Found) {
        note!("data: {found}");
    }

    fn best_snapshot(&self, best: &Snapshot, of: usize) {
        note!(
            "best of {of} snapshots by a criterion without labels: epoch {} ({})",
            best.epoch,
            best.criteria
        );
    }

    fn warning(&self, warning: &Warning<'_>) {
        note!("{warning}");
    }

    fn soft_labels(&self, more: usize, total: usize) {
        let mut shown = self.bar.borrow_mut();
        let bar = shown.get_or_insert_with(|| {
            let bar = progress::bar(total as u64, 0, "doodles");
            bar.set_message("soft labels");
            bar
        });
        bar.inc(more as u64);
        if bar.position() >= total as u64 {
            bar.finish_and_clear();
            *shown = None;
        }
    }

    fn begin(&self, extent: &Extent) {
        let batches = |pictures: usize| pictures as f64 / extent.batch as f64;
        let target = match extent.doodles {
            0 => "no doodles".to_owned(),
            doodles => format!("target: {doodles} doodles, {:.2} batches", batches(doodles)),
        };
        say!(
            "source: {} photos, {:.2} batches of {}; {target}; {} steps an epoch",
            extent.photos,
            batches(extent.photos),
            extent.batch,
            extent.steps
        );
        let steps = |epochs: u32| u64::from(epochs) * extent.steps as u64;
        let bar = progress::bar(steps(extent.epochs), steps(extent.done), "steps");
        *self.bar.borrow_mut() = Some(bar);
    }

    fn losses(&self, domain: Option<f64>, feature: f64, history: &[EpochRecord]) {
        if let Some(bar) = &*self.bar.borrow() {
            let domain = domain.map(|loss| format!("D {loss:.3} "));
            bar.set_message(format!(
                "{}F {feature:.3}{}",
                domain.unwrap_or_default(),
                chart(history)
            ));
        }
    }

    fn step(&self) {
        if let Some(bar) = &*self.bar.borrow() {
            bar.inc(1);
        }
    }

    fn epoch(&self, record: &EpochRecord, snapshot: Option<&Snapshot>) {
        let say = || {
            say!("{}", record.line());
            if let Some(snapshot) = snapshot {
                say!("{}", snapshot.line());
            }
        };
        match &*self.bar.borrow() {
            Some(bar) => bar.suspend(say),
            None => say(),
        }
    }

    fn end(&self, ending: Ending) {
        if let Some(bar) = self.bar.borrow_mut().take() {
            match ending {
                Ending::Finished => bar.finish(),
                Ending::Stopped => bar.abandon(),
            }
        }
    }
}

/// Prints how many files were passed over, where some were.
pub fn note_passed_over(files: usize) {
    if files > 0 {
        note!("{files} files are passed over: they are no pictures");
    }
}

/// Chooses a device, and prints why a better one cannot be used.
///
/// # Errors
/// When the device asked for is not there, or this program was built without it.
pub fn choose_device(choice: DeviceChoice) -> anyhow::Result<ChosenDevice> {
    let chosen = device::choose(choice)?;
    for why in &chosen.passed_over {
        note!("not used: {why}");
    }
    Ok(chosen)
}

/// How a verb ends that was stopped before it wrote anything, which it says.
pub fn stopped_unwritten() -> Outcome {
    note!("stopped; nothing was written");
    Outcome::Stopped
}

/// Signals that follow the first one so soon are the same request: `timeout` signals the program, and then its process group.
const SAME_REQUEST: Duration = Duration::from_secs(1);

/// The first Ctrl-C requests a stop, which happens `when`, such as `after this step`; one that is pressed later ends the program at
/// once.
pub fn stop_on_ctrl_c(when: &'static str) -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    let mut first = None::<Instant>;
    let signalled = move || match first {
        None => {
            first = Some(Instant::now());
            asked.store(true, Ordering::Relaxed);
            note!("stopping {when}; press Ctrl-C again to stop at once");
        }
        Some(first) if first.elapsed() < SAME_REQUEST => {}
        Some(_) => std::process::exit(i32::from(INTERRUPTED)),
    };
    let listen = || ctrlc::set_handler(signalled);
    hangup::still_ignored_after(listen).context("cannot listen for Ctrl-C")?;
    Ok(stop)
}
