//! Which device there is: looked for before anything is computed, because a missing driver panics inside a backend.

use std::{fmt, str::FromStr};

use anyhow::{Context, bail, ensure};
use burn::tensor::Device;

use crate::training::serde_by_text;

/// Which device to compute on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeviceChoice {
    /// CUDA, else a graphics card through wgpu, else the CPU.
    #[default]
    Auto,
    /// The CPU, through Burn's Flex.
    Cpu,
    /// Any adapter that wgpu finds, a software one included.
    Wgpu,
    /// An NVIDIA card, by its number.
    Cuda(usize),
}

impl fmt::Display for DeviceChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::Cpu => f.write_str("cpu"),
            Self::Wgpu => f.write_str("wgpu"),
            Self::Cuda(index) => write!(f, "cuda:{index}"),
        }
    }
}

impl FromStr for DeviceChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || format!("`{text}` is no device: give auto, cpu, wgpu, cuda or cuda:1");
        match text {
            "auto" => Ok(Self::Auto),
            "cpu" => Ok(Self::Cpu),
            "wgpu" => Ok(Self::Wgpu),
            "cuda" => Ok(Self::Cuda(0)),
            other => other
                .strip_prefix("cuda:")
                .and_then(|index| index.parse().ok())
                .map(Self::Cuda)
                .ok_or_else(unknown),
        }
    }
}

serde_by_text!(DeviceChoice);

/// A device without autodiff, and how to name it.
#[derive(Clone, Debug)]
pub struct ChosenDevice {
    /// The device.
    pub device: Device,
    /// The kind and the adapter's name, such as `CPU (Flex, 2 threads)`.
    pub name: String,
    /// Which it is: never [`DeviceChoice::Auto`].
    pub choice: DeviceChoice,
    /// Why others that this program was built for cannot be used, where it was to choose by itself.
    pub passed_over: Vec<String>,
}

/// Chooses as asked; `auto` takes CUDA, else a graphics card through wgpu, else the CPU.
///
/// # Errors
/// When the device asked for is not there, or this program was built without it.
pub fn choose(choice: DeviceChoice) -> anyhow::Result<ChosenDevice> {
    match choice {
        DeviceChoice::Cpu => Ok(cpu()),
        DeviceChoice::Cuda(index) => cuda(index),
        DeviceChoice::Wgpu => wgpu(true),
        DeviceChoice::Auto => Ok(automatic()),
    }
}

/// The best that is there. It says why one that was built in cannot be used, so that nobody trains on the CPU unawares.
fn automatic() -> ChosenDevice {
    let mut passed_over = Vec::new();
    let mut tried = |device: anyhow::Result<ChosenDevice>, is_built_in| {
        device
            .inspect_err(|error| {
                if is_built_in {
                    passed_over.push(format!("{error:#}"));
                }
            })
            .ok()
    };
    let chosen = tried(cuda(0), cfg!(feature = "cuda"))
        .or_else(|| tried(wgpu(false), cfg!(feature = "wgpu")))
        .unwrap_or_else(cpu);
    ChosenDevice {
        passed_over,
        ..chosen
    }
}

/// The further devices of `count` that train together, beside the one that [`choose`] takes: CUDA cards by number.
///
/// # Errors
/// When there are not as many cards, or cannot be: other devices have no way to average gradients.
pub fn others(choice: DeviceChoice, count: usize) -> anyhow::Result<Vec<ChosenDevice>> {
    if count == 1 {
        return Ok(Vec::new());
    }
    let first = match choice {
        DeviceChoice::Auto => 0,
        DeviceChoice::Cuda(index) => index,
        DeviceChoice::Cpu | DeviceChoice::Wgpu => bail!(
            "--devices {count}: only CUDA cards can train together, not --device {choice}; give --device cuda, or leave out --devices"
        ),
    };
    let there = cards().with_context(|| format!("--devices {count} needs as many CUDA cards"))?;
    enough(first, count, there)?;
    (first + 1..first + count).map(cuda).collect()
}

/// Whether there are `count` cards from number `first` on.
fn enough(first: usize, count: usize, there: usize) -> anyhow::Result<()> {
    ensure!(
        count <= there.saturating_sub(first),
        "--devices {count} from --device cuda:{first} on: there are {there} CUDA cards; ask for fewer, or leave out --devices"
    );
    Ok(())
}

fn cpu() -> ChosenDevice {
    ChosenDevice {
        device: Device::flex(),
        name: format!("CPU (Flex, {} threads)", rayon::current_num_threads()),
        choice: DeviceChoice::Cpu,
        passed_over: Vec::new(),
    }
}

/// The number of CUDA cards that can average gradients.
#[cfg(feature = "cuda")]
fn cards() -> anyhow::Result<usize> {
    driver()?;
    // SAFETY: it opens NVIDIA's own library.
    #[expect(
        unsafe_code,
        reason = "Burn panics where the library is missing, so it is looked for first"
    )]
    let present = unsafe { cudarc::nccl::sys::is_culib_present() };
    if !present {
        bail!("NVIDIA's NCCL is not installed, by which cards average gradients; install libnccl2");
    }
    Ok(usize::try_from(
        cudarc::driver::CudaContext::device_count()?
    )?)
}

#[cfg(not(feature = "cuda"))]
fn cards() -> anyhow::Result<usize> {
    bail!("this program was built without CUDA; build with `--features cuda`")
}

#[cfg(feature = "cuda")]
fn driver() -> anyhow::Result<()> {
    use cudarc::driver::sys::is_culib_present;
    // SAFETY: it opens the driver's library, whose start-up code is NVIDIA's own.
    #[expect(
        unsafe_code,
        reason = "cudarc panics where the library is missing, so it is looked for first"
    )]
    let present = unsafe { is_culib_present() };
    if !present {
        bail!("--device cuda: no NVIDIA driver is installed; use --device auto");
    }
    Ok(())
}

#[cfg(feature = "cuda")]
fn cuda(index: usize) -> anyhow::Result<ChosenDevice> {
    use cudarc::driver::CudaContext;
    driver()?;
    let context = CudaContext::new(index)
        .map_err(|error| anyhow::anyhow!("--device cuda:{index}: {error}; use --device auto"))?;
    Ok(ChosenDevice {
        name: format!("CUDA (card {index}, {})", context.name()?),
        device: Device::cuda(index),
        choice: DeviceChoice::Cuda(index),
        passed_over: Vec::new(),
    })
}

#[cfg(not(feature = "cuda"))]
fn cuda(_index: usize) -> anyhow::Result<ChosenDevice> {
    bail!("--device cuda: this program was built without CUDA; build with `--features cuda`")
}

/// The default adapter; a software one only where wgpu was asked for by name, since Flex is faster.
#[cfg(feature = "wgpu")]
fn wgpu(software: bool) -> anyhow::Result<ChosenDevice> {
    use burn::tensor::wgpu::wgpu::{Backends, DeviceType, Instance, InstanceDescriptor};
    // Vulkan, Metal and DirectX 12. Looking for OpenGL as well makes Mesa complain on standard error where there is no display.
    let descriptor = InstanceDescriptor {
        backends: Backends::PRIMARY,
        ..InstanceDescriptor::new_without_display_handle()
    };
    let instance = Instance::new(descriptor);
    let adapters = pollster::block_on(instance.enumerate_adapters(Backends::PRIMARY));
    let usable = |kind| software || kind != DeviceType::Cpu;
    if !adapters
        .iter()
        .any(|adapter| usable(adapter.get_info().device_type))
    {
        bail!(
            "--device wgpu: no graphics adapter found; install its Vulkan driver or use --device cpu"
        );
    }
    let (device, setup) = Device::wgpu_options().init_with_setup()?;
    let info = setup.adapter.get_info();
    Ok(ChosenDevice {
        device,
        name: format!("wgpu ({}, {:?})", info.name, info.backend),
        choice: DeviceChoice::Wgpu,
        passed_over: Vec::new(),
    })
}

#[cfg(not(feature = "wgpu"))]
fn wgpu(_software: bool) -> anyhow::Result<ChosenDevice> {
    bail!("--device wgpu: this program was built without wgpu; build with `--features wgpu`")
}

/// The graphics adapter of all tests: it can be set up once a process.
#[cfg(test)]
pub(crate) fn adapter() -> ChosenDevice {
    static ADAPTER: std::sync::LazyLock<ChosenDevice> =
        std::sync::LazyLock::new(|| choose(DeviceChoice::Wgpu).unwrap());
    ADAPTER.clone()
}

#[cfg(test)]
mod tests {
    use burn::tensor::Tensor;

    use super::*;

    /// It does what training asks of it first.
    fn assert_computes(chosen: &ChosenDevice) {
        let ones = Tensor::<2>::ones([2, 3], &chosen.device);
        let product = ones.clone().matmul(ones.transpose()).sum();
        assert_eq!(product.into_scalar::<f32>(), 12.0, "{}", chosen.name);
    }

    #[test]
    fn the_cpu_is_always_there_and_computes() {
        let cpu = choose(DeviceChoice::Cpu).unwrap();
        assert!(cpu.name.starts_with("CPU (Flex, "), "{}", cpu.name);
        assert!(
            cpu.name
                .ends_with(&format!(" {} threads)", rayon::current_num_threads()))
        );
        assert_eq!(cpu.device, Device::flex());
        assert_computes(&cpu);
    }

    #[test]
    fn what_auto_takes_is_named_as_what_it_is_and_computes() {
        let auto = choose(DeviceChoice::Auto).unwrap();
        let kinds = ["CPU (Flex, ", "CUDA (card 0, ", "wgpu ("];
        let kind = kinds.into_iter().find(|kind| auto.name.starts_with(kind));
        assert!(kind.is_some(), "{}", auto.name);
        assert_eq!(kind == Some(kinds[0]), auto.device == Device::flex());
        assert_eq!(kind == Some(kinds[1]), cuda(0).is_ok());
        assert_computes(&auto);
    }

    #[test]
    #[ignore = "needs a graphics adapter that wgpu finds"]
    fn the_graphics_adapter_that_is_asked_for_computes() {
        let adapter = adapter();
        assert!(adapter.name.starts_with("wgpu ("), "{}", adapter.name);
        assert_computes(&adapter);
    }

    #[cfg(not(feature = "cuda"))]
    #[test]
    fn what_was_not_built_in_says_how_to_build_it_in() {
        let error = choose(DeviceChoice::Cuda(0)).unwrap_err().to_string();
        assert!(error.contains("--features cuda"), "{error}");
    }

    #[test]
    fn one_device_needs_no_others() {
        for choice in [DeviceChoice::Auto, DeviceChoice::Cpu, DeviceChoice::Wgpu] {
            assert!(others(choice, 1).unwrap().is_empty());
        }
    }

    #[test]
    fn several_devices_that_are_no_cuda_cards_are_refused() {
        for choice in [DeviceChoice::Cpu, DeviceChoice::Wgpu] {
            let error = others(choice, 2).unwrap_err().to_string();
            assert!(error.contains("--devices 2"), "{error}");
            assert!(error.contains(&format!("--device {choice}")), "{error}");
        }
    }

    #[cfg(not(feature = "cuda"))]
    #[test]
    fn several_cards_without_cuda_say_how_to_build_it_in() {
        for choice in [DeviceChoice::Auto, DeviceChoice::Cuda(1)] {
            let error = format!("{:#}", others(choice, 2).unwrap_err());
            assert!(error.contains("--devices 2"), "{error}");
            assert!(error.contains("--features cuda"), "{error}");
        }
    }

    #[test]
    fn more_devices_than_there_are_cards_are_refused() {
        assert!(enough(0, 2, 2).is_ok());
        assert!(enough(2, 2, 4).is_ok());
        for (first, count, there) in [(0, 3, 2), (1, 2, 2), (5, 2, 2)] {
            let error = enough(first, count, there).unwrap_err().to_string();
            assert!(error.contains(&format!("--devices {count}")), "{error}");
            assert!(error.contains(&format!("there are {there}")), "{error}");
        }
    }
}
