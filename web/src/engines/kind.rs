//! Which engines there are, and which one the user wants.

/// An engine that the page can start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// WebAssembly on the processor.
    Cpu,
    /// WebGPU on the graphics card.
    Gpu,
}

impl Kind {
    /// The short name used in addresses and attributes: "cpu" or "gpu".
    pub fn id(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Gpu => "gpu",
        }
    }

    /// The name within a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cpu => "the CPU engine",
            Self::Gpu => "WebGPU",
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

/// Which engine the user wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Whichever answers faster on this machine.
    #[default]
    Auto,
    /// This one, as long as it runs.
    Only(Kind),
}
