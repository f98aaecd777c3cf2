//! `data fetch`: an archive from the network.

use std::path::PathBuf;

use indicatif::DecimalBytes;

use crate::commands::{Outcome, terminal::stop_on_ctrl_c};
use crate::data::{COURSE_ADDRESS, Checksum, Download, Fetched, fetch};
use crate::progress::{Bar, Unit};
use crate::{print_result, say};

/// Options of `data fetch`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The archive's http or https address.
    ///
    /// The default is the one that the course's notebook downloads from.
    #[arg(long, value_name = "URL", default_value = COURSE_ADDRESS)]
    address: String,
    /// What the file's SHA-256 must be, 64 hexadecimal digits; a file with another is removed.
    #[arg(long, value_name = "HEX")]
    sha256: Option<Checksum>,
    /// The file to write. Until it's whole and checked, what came is in <OUT>.edgewise-part.
    #[arg(long, default_value = "data/real_or_drawing.zip")]
    out: PathBuf,
    /// Download it again, though it's there already; what's there stays until the new one is whole and checked.
    #[arg(long)]
    again: bool,
}

/// Downloads.
///
/// # Errors
/// When the file is there already, can't be had or written, or is the wrong one.
pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let download = Download {
        address: &args.address,
        out: &args.out,
        checksum: args.sha256,
        again: args.again,
    };
    let stop = stop_on_ctrl_c("after the next bytes")?;
    match fetch(&download, &stop, &Bar::new(Unit::Bytes))? {
        Fetched::Stopped { size } => {
            say!(
                "stopped after {}; give the same command again to resume",
                DecimalBytes(size)
            );
            return Ok(Outcome::Stopped);
        }
        Fetched::Whole { size, checksum } => {
            let out = args.out.display();
            print_result!("{out}: {}, SHA-256 {checksum}", DecimalBytes(size));
            if args.sha256.is_none() {
                say!("not checked; to check it next time, give --sha256 {checksum}");
            }
            say!("see what it holds with `trainer data check {out}`");
        }
    }
    Ok(Outcome::Done)
}
