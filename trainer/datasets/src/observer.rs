/// Sees how far long work has come, possibly from several threads at once. `()` looks at nothing.
pub trait Observer: Sync {
    /// The work begins: so many bytes or files, where that is known, of which `done` are there from before.
    fn begin(&self, total: Option<u64>, done: u64);

    /// More of them are done.
    fn advance(&self, more: u64);

    /// The work ends: completed, or stopped before.
    fn end(&self, completed: bool);
}

impl Observer for () {
    fn begin(&self, _: Option<u64>, _: u64) {}

    fn advance(&self, _: u64) {}

    fn end(&self, _: bool) {}
}
