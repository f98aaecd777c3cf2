//! The command line.

use std::process::ExitCode;

use trainer::commands::{Cli, INTERRUPTED, Outcome, quiet_after_verb};
use trainer::output;

// Training on the CPU allocates and frees large tensors all the time; the system's allocator is a quarter slower.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Burn reads an optimiser's state onto its default device before the state moves to that of its parameters. Its own
    // default is a graphics card, and a panic where there is none.
    // SAFETY: no other thread runs yet that could read the environment.
    #[expect(
        unsafe_code,
        reason = "Burn takes its default device from the environment alone"
    )]
    unsafe {
        std::env::set_var("BURN_DEVICE", "flex");
    }
    let outcome = Cli::of(quiet_after_verb(std::env::args_os())).run();
    match outcome.and_then(|outcome| output::finish().map(|()| outcome)) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Stopped) => ExitCode::from(INTERRUPTED),
        Err(error) => {
            output::error_line(format_args!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
