//! Running other programs, with errors that say what was run and what to do about it.

use crate::path::search_path;
use anyhow::{Context, Result, bail};
use std::{
    env,
    io::{self, BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

/// `program` with `arguments`, as it is run by hand in a shell.
///
/// Cargo's folder of installed programs is put on the path, and what `cargo run` sets for this program is taken
/// away again: build scripts that watch those variables would otherwise run again after each `cargo xtask`.
pub fn command<'a>(program: &str, arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).env("PATH", search_path());
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(set_by_cargo_run) {
            command.env_remove(name);
        }
    }
    command
}

/// The cargo that runs this program.
pub fn cargo<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    command(
        &env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()),
        arguments,
    )
}

/// Runs to the end; anything but success is an error that says what to do.
pub fn run(command: &mut Command, what_to_do: &str) -> Result<()> {
    let line = command_line(command);
    let status = command
        .status()
        .with_context(|| format!("cannot start `{line}`: {what_to_do}"))?;
    succeed(&line, status, what_to_do)
}

/// Runs to the end, handing each line that it prints to `read` after printing it; fails as [`run`] does.
pub fn run_reading(
    command: &mut Command,
    what_to_do: &str,
    mut read: impl FnMut(&str),
) -> Result<()> {
    let line = command_line(command);
    let (reader, writer) = io::pipe().context("cannot make a pipe")?;
    command.stdout(writer.try_clone()?).stderr(writer);
    let mut child = command
        .spawn()
        .with_context(|| format!("cannot start `{line}`: {what_to_do}"))?;
    // The command holds the pipe's other end, which has to close before its reader sees the end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    for text in BufReader::new(reader).split(b'\n') {
        let text = text.with_context(|| format!("cannot read what `{line}` prints"))?;
        let text = String::from_utf8_lossy(&text);
        println!("{text}");
        read(&text);
    }
    succeed(&line, child.wait()?, what_to_do)
}

/// Runs to the end and returns what was written to the standard output.
pub fn output(command: &mut Command, what_to_do: &str) -> Result<String> {
    let line = command_line(command);
    let output = command
        .output()
        .with_context(|| format!("cannot start `{line}`: {what_to_do}"))?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        bail!(
            "`{line}` failed ({}): {reason}: {what_to_do}",
            output.status
        );
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("`{line}` wrote something that is not UTF-8"))
}

/// Runs for at most `limit`; `None` where that was too short and the program was ended.
pub fn run_within(command: &mut Command, limit: Duration) -> Result<Option<ExitStatus>> {
    let line = command_line(command);
    let mut child = command
        .spawn()
        .with_context(|| format!("cannot start `{line}`"))?;
    let status =
        wait_within(&mut child, limit).with_context(|| format!("cannot wait for `{line}`"))?;
    Ok(status)
}

fn succeed(line: &str, status: ExitStatus, what_to_do: &str) -> Result<()> {
    if !status.success() {
        bail!("`{line}` failed ({status}): {what_to_do}");
    }
    Ok(())
}

fn wait_within(child: &mut Child, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    while start.elapsed() < limit {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        thread::sleep(Duration::from_millis(50));
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

fn set_by_cargo_run(name: &str) -> bool {
    name.starts_with("CARGO_PKG_")
        || name.starts_with("CARGO_MANIFEST_")
        || [
            "CARGO_BIN_NAME",
            "CARGO_CRATE_NAME",
            "CARGO_PRIMARY_PACKAGE",
        ]
        .contains(&name)
}

fn command_line(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let name = program
        .file_name()
        .unwrap_or(command.get_program())
        .to_string_lossy()
        .into_owned();
    command.get_args().fold(name, |line, argument| {
        line + " " + &argument.to_string_lossy()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_shows_the_command_and_what_to_do() {
        let error = run(&mut command("false", ["--hard"]), "try `true`")
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("`false --hard` failed"), "{error}");
        assert!(error.ends_with("try `true`"), "{error}");
        let error = run(&mut command("no-such-program", []), "install it")
            .unwrap_err()
            .to_string();
        assert_eq!(error, "cannot start `no-such-program`: install it");
    }

    #[test]
    fn both_outputs_are_read_line_by_line() {
        let mut lines = Vec::new();
        let mut shell = command("sh", ["-c", "echo out; echo err >&2; exit 3"]);
        let error =
            run_reading(&mut shell, "look", |line| lines.push(line.to_owned())).unwrap_err();
        assert_eq!(lines, ["out", "err"]);
        assert!(error.to_string().ends_with("look"));
    }

    #[test]
    fn output_is_the_standard_output() {
        assert_eq!(
            output(&mut command("echo", ["edges"]), "").unwrap(),
            "edges\n"
        );
    }

    #[test]
    fn a_program_that_outlives_its_limit_is_ended() {
        assert!(
            run_within(&mut command("sleep", ["600"]), Duration::ZERO)
                .unwrap()
                .is_none()
        );
    }

    #[test]
    fn what_cargo_sets_for_this_program_is_not_handed_on() {
        let variables = output(&mut command("env", []), "").unwrap();
        assert!(!variables.lines().any(|line| line.starts_with("CARGO_PKG_")));
    }
}
