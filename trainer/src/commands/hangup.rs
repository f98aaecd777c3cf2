//! The signal of a closed terminal, SIGHUP.

/// Calls `listen`, which listens for signals. Where `nohup` had the program ignore SIGHUP, it still does.
#[cfg(unix)]
pub(super) fn still_ignored_after<T>(listen: impl FnOnce() -> T) -> T {
    use nix::sys::signal::{SigHandler, Signal, signal};
    let set = |handler| {
        // SAFETY: neither ignoring a signal nor what was there before runs code of ours in a handler.
        #[expect(unsafe_code, reason = "a handler may run anywhere; these are none")]
        unsafe {
            signal(Signal::SIGHUP, handler)
        }
    };
    // Only setting it tells what was there.
    let before = set(SigHandler::SigIgn);
    if let Ok(before) = before {
        let _ = set(before);
    }
    let listening = listen();
    if matches!(before, Ok(SigHandler::SigIgn)) {
        let _ = set(SigHandler::SigIgn);
    }
    listening
}

/// Calls `listen`: there is no such signal here.
#[cfg(not(unix))]
pub(super) fn still_ignored_after<T>(listen: impl FnOnce() -> T) -> T {
    listen()
}
