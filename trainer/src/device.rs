//! Which device there is: looked for before anything is computed, because a missing driver panics inside a backend.

use anyhow::bail;
use burn::tensor::Device;

use crate::training::DeviceChoice;

/// A device without autodiff, and how to name it.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// The device.
    pub device: Device,
    /// The kind and the adapter's name, such as `CPU (Flex, 2 threads)`.
    pub name: String,
}

/// Chooses as asked; `auto` takes CUDA, else a graphics card through wgpu, else the CPU.
///
/// # Errors
/// When the device asked for is not there, or this program was built without it.
pub fn choose(choice: DeviceChoice) -> anyhow::Result<Chosen> {
    match choice {
        DeviceChoice::Cpu => Ok(cpu()),
        DeviceChoice::Cuda(index) => cuda(index),
        DeviceChoice::Wgpu => wgpu(true),
        DeviceChoice::Auto => Ok(cuda(0).or_else(|_| wgpu(false)).unwrap_or_else(|_| cpu())),
    }
}

fn cpu() -> Chosen {
    Chosen {
        device: Device::flex(),
        name: format!("CPU (Flex, {} threads)", rayon::current_num_threads()),
    }
}

#[cfg(feature = "cuda")]
fn cuda(index: usize) -> anyhow::Result<Chosen> {
    use cudarc::driver::{CudaContext, sys::is_culib_present};
    // SAFETY: it opens the driver's library, whose start-up code is NVIDIA's own.
    #[expect(
        unsafe_code,
        reason = "cudarc panics where the library is missing, so it is looked for first"
    )]
    let present = unsafe { is_culib_present() };
    if !present {
        bail!("--device cuda: no NVIDIA driver is installed; use --device auto");
    }
    let context = CudaContext::new(index)
        .map_err(|error| anyhow::anyhow!("--device cuda:{index}: {error}; use --device auto"))?;
    Ok(Chosen {
        name: format!("CUDA (card {index}, {})", context.name()?),
        device: Device::cuda(index),
    })
}

#[cfg(not(feature = "cuda"))]
fn cuda(_index: usize) -> anyhow::Result<Chosen> {
    bail!("--device cuda: this program was built without CUDA; build with `--features cuda`")
}

/// The default adapter; a software one only where wgpu was asked for by name, since Flex is faster.
#[cfg(feature = "wgpu")]
fn wgpu(software: bool) -> anyhow::Result<Chosen> {
    use burn::tensor::wgpu::wgpu::{DeviceType, Instance, InstanceDescriptor};
    let instance = Instance::new(InstanceDescriptor::new_without_display_handle());
    let adapters = pollster::block_on(instance.enumerate_adapters(Default::default()));
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
    Ok(Chosen {
        device,
        name: format!("wgpu ({}, {:?})", info.name, info.backend),
    })
}

#[cfg(not(feature = "wgpu"))]
fn wgpu(_software: bool) -> anyhow::Result<Chosen> {
    bail!("--device wgpu: this program was built without wgpu; build with `--features wgpu`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cpu_is_always_there() {
        assert!(choose(DeviceChoice::Cpu).unwrap().name.starts_with("CPU"));
        choose(DeviceChoice::Auto).unwrap();
    }

    #[cfg(not(feature = "cuda"))]
    #[test]
    fn what_was_not_built_in_says_how_to_build_it_in() {
        let error = choose(DeviceChoice::Cuda(0)).unwrap_err().to_string();
        assert!(error.contains("--features cuda"), "{error}");
    }
}
