//! Host lists: wrong content under a right checksum is refused or harmless.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recognise::links::HostList;

fuzz_target!(|input: (&[u8], &str)| {
    let (bytes, host) = input;
    for bytes in [bytes.to_vec(), with_checksum(bytes)] {
        if let Ok(list) = HostList::from_bytes(bytes) {
            let _ = list.find(host);
        }
    }
});

/// Behind the right head and before the right checksum (CRC-32), so that the fuzzer gets past both.
fn with_checksum(body: &[u8]) -> Vec<u8> {
    let mut list = [b"HDHOSTS\n\x01\0".as_slice(), body].concat();
    let crc = !list.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
    });
    list.extend_from_slice(&crc.to_le_bytes());
    list
}
