#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| junheng_fuzz::feed("table", bytes));
