//! Other processes that write to the same files.

use std::sync::mpsc::channel;
use std::thread::scope;

use super::*;

#[test]
fn of_two_downloads_to_one_file_the_second_is_refused() {
    let place = TestFolder::new();
    let file = place.bytes.clone();
    let (ask, asked) = channel();
    let (answered, wait) = channel::<()>();
    let server = Server::start(move |request| {
        ask.send(()).unwrap();
        wait.recv().unwrap();
        serve(request, TAG, &file)
    });
    let address = format!("{}/all.zip", server.address);
    // The second one finds what an earlier try left, and then nothing.
    for begun in [true, false] {
        if begun {
            place.leave(100, &address, TAG);
        }
        scope(|scope| {
            let first = scope.spawn(|| place.fetch(&address));
            asked.recv().unwrap();
            let error = place.fetch(&address).unwrap_err();
            assert!(matches!(error, FetchError::InUse(_)), "{error}");
            answered.send(()).unwrap();
            first.join().unwrap().unwrap();
        });
        place.assert_whole();
        fs::remove_file(&place.out).unwrap();
    }
}

#[test]
fn what_another_program_wrote_to_is_not_kept() {
    let place = TestFolder::new();
    let (_server, address) = proper(&place);
    place.leave(100, &address, TAG);
    /// Writes to the part when the download begins.
    struct Meddler<'a>(&'a Path);
    impl Observer for Meddler<'_> {
        fn begin(&self, _: Option<u64>, _: u64) {
            let mut part = fs::OpenOptions::new().append(true).open(self.0).unwrap();
            part.write_all(b"mine").unwrap();
        }
        fn advance(&self, _: u64) {}
        fn end(&self, _: bool) {}
    }
    let order = place.order(&address);
    let error = fetch(&order, &AtomicBool::new(false), &Meddler(&place.part)).unwrap_err();
    assert!(
        matches!(error, FetchError::Changed { found: 200_004, .. }),
        "{error}"
    );
    assert!(place.names().is_empty());
}
