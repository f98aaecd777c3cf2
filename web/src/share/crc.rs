//! A checksum of two bytes: a link that was cut off or mistyped must not show another drawing.

/// CRC-16/IBM-3740: polynomial 0x1021, starting at 0xffff. Bit by bit, since a table would be larger than what it checks.
///
/// Source: <https://reveng.sourceforge.io/crc-catalogue/16.htm#crc.cat.crc-16-ibm-3740>
pub fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xffff, |crc, &byte| {
        (0..8).fold(crc ^ (u16::from(byte) << 8), |crc, _| {
            if crc & 0x8000 == 0 {
                crc << 1
            } else {
                (crc << 1) ^ 0x1021
            }
        })
    })
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_catalogue_s_check_value_comes_out() {
        assert_eq!(crc16(b"123456789"), 0x29b1);
        assert_eq!(crc16(b""), 0xffff);
    }
}
