//! The `junheng` command.

use std::alloc::System;
use std::process::ExitCode;

use cap::Cap;
use junheng::cli::Heap;

/// Counts what is allocated, so that `--memory-limit` can be kept.
#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

fn main() -> ExitCode {
    let heap = Heap {
        allocated: || ALLOCATOR.allocated(),
        limit: |bytes| ALLOCATOR.set_limit(bytes).is_ok(),
    };
    junheng::cli::run(std::env::args_os(), &heap)
}
