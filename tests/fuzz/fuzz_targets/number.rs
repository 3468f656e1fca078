#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| junheng_fuzz::feed("number", bytes));
