//! `junheng schema`

use super::exit::Exit;
use super::voice::Voice;
use crate::read;

/// Prints the JSON Schema of `case.toml`.
pub fn run(voice: &Voice) -> Result<Exit, Exit> {
    voice.put_json(&read::schema())?;
    Ok(Exit::Done)
}
