//! Which engines there are, and which one the visitor wants.

/// An engine that the page can start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// WebAssembly on the processor.
    Cpu,
    /// WebGPU on the graphics card.
    Gpu,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Cpu, Self::Gpu];

    /// The short name used in attributes: "cpu" or "gpu".
    pub fn id(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Gpu => "gpu",
        }
    }

    /// The other engine.
    pub fn other(self) -> Self {
        match self {
            Self::Cpu => Self::Gpu,
            Self::Gpu => Self::Cpu,
        }
    }
}

/// Which engine the visitor wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Whichever answers faster on this machine.
    #[default]
    Auto,
    /// This one, as long as it runs.
    Only(Kind),
}
