//! Named, timed steps: what is being done, and which step a failure belongs to.

use anyhow::{Context, Result};
use std::time::{Duration, Instant};

/// Runs `work` under `name`: prints the name before it and the time after it; an error carries the name.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("\n== {name}");
    let start = Instant::now();
    let result = work().with_context(|| format!("the step \"{name}\" failed"))?;
    println!("   done in {}", seconds(start.elapsed()));
    Ok(result)
}

/// A duration for people: `0.4 s`, `12.0 s`, `3 min 05 s`.
pub fn seconds(duration: Duration) -> String {
    if duration < Duration::from_secs(60) {
        return format!("{:.1} s", duration.as_secs_f64());
    }
    let whole = duration.as_secs();
    format!("{} min {:02} s", whole / 60, whole % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::anyhow;

    #[test]
    fn durations_read_well_on_both_sides_of_a_minute() {
        assert_eq!(seconds(Duration::from_millis(1_240)), "1.2 s");
        assert_eq!(seconds(Duration::from_secs(185)), "3 min 05 s");
    }

    #[test]
    fn a_failure_names_its_step() {
        let error = step::<()>("Paint the fence", || Err(anyhow!("no paint"))).unwrap_err();
        assert_eq!(
            format!("{error:#}"),
            "the step \"Paint the fence\" failed: no paint"
        );
    }
}
