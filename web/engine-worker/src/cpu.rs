use burn::tensor::Device;

use super::error::EngineError;

/// The processor, with its name for the page. It is always there; the signature is that of the graphics device.
pub async fn open_device() -> Result<(Device, String), EngineError> {
    Ok((Device::flex(), "the CPU".into()))
}
