//! Charts as files.

use super::exit::Exit;
use super::voice::Voice;
use crate::report::Folder;
use crate::report::chart::Chart;

/// How many characters are named.
const NAMED: usize = 12;

const UNWRITTEN: (&str, &str) = ("图没有写成", "a chart could not be written");

/// Writes charts as PNG files named by their key, as a document shows them: without what is said around them.
///
/// # Errors
/// When one cannot be written, which has then been said.
pub fn pictures<'a>(
    voice: &Voice,
    folder: &Folder,
    charts: impl Iterator<Item = &'a Chart>,
) -> Result<(), Exit> {
    for chart in charts {
        let bytes = chart.picture.png();
        let bytes = bytes.map_err(|failed| voice.fail(UNWRITTEN, failed))?;
        put(voice, folder, &format!("{}.png", chart.key), &bytes)?;
    }
    Ok(())
}

/// Writes charts that stand by themselves, each as an SVG and a PNG file: how many files.
///
/// # Errors
/// When one cannot be written, which has then been said.
pub fn sheets(
    voice: &Voice,
    folder: &Folder,
    before: &str,
    charts: &[Chart],
) -> Result<usize, Exit> {
    for chart in charts {
        let sheet = chart.sheet();
        let png = sheet
            .png()
            .map_err(|failed| voice.fail(UNWRITTEN, failed))?;
        let name = format!("{before}{}", chart.key);
        put(voice, folder, &format!("{name}.png"), &png)?;
        put(
            voice,
            folder,
            &format!("{name}.svg"),
            sheet.drawn().as_bytes(),
        )?;
    }
    Ok(2 * charts.len())
}

fn put(voice: &Voice, folder: &Folder, name: &str, bytes: &[u8]) -> Result<(), Exit> {
    let written = folder.write(name, bytes).map(drop);
    written.map_err(|failed| voice.fail_at(UNWRITTEN, &folder.path().join(name), &failed))
}

/// Tells which characters the drawn letters of some charts lack, where they lack any.
pub fn told_lacking<'a>(voice: &Voice, charts: impl Iterator<Item = &'a Chart>) {
    let mut lacking: Vec<char> = charts.flat_map(Chart::lacking).collect();
    lacking.sort_unstable();
    lacking.dedup();
    if lacking.is_empty() {
        return;
    }
    let named: Vec<String> = lacking
        .iter()
        .take(NAMED)
        .map(|c| match c.is_alphanumeric() {
            true => format!("{c} (U+{:04X})", u32::from(*c)),
            false => format!("U+{:04X}", u32::from(*c)),
        })
        .collect();
    let more = if lacking.len() > NAMED { " …" } else { "" };
    let named = named.join(voice.lang.pick("、", ", ")) + more;
    voice.warn(voice.lang.pick(
        format!("注意：图所用的字库没有这些字，画成带编码的方框：{named}"),
        format!("note: the font of the charts lacks these characters, which are drawn as boxes with their number: {named}"),
    ));
}
