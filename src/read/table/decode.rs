//! From bytes to text. Order of trust: byte-order mark, zero bytes of UTF-16, expected headers, fewer broken characters, UTF-8.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::header::{self, Expected};

/// A text and how sure its encoding is.
pub struct Decoded {
    /// The text. What could not be decoded stands as U+FFFD.
    pub text: String,
    /// The name of the encoding.
    pub encoding: &'static str,
    /// Whether another encoding fits as well.
    pub doubtful: bool,
}

/// How far into the file the headers are looked for, in bytes.
const HEAD: usize = 64 << 10;

/// A text in UTF-16 has at least this many zero bytes, and one in so many bytes.
const ENOUGH_ZEROS: usize = 4;
const ZEROS_PER_BYTE: usize = 50;

/// One side has more than so many times the zero bytes of the other, where letters such as 一 (U+4E00) have theirs.
const ONE_SIDED: usize = 4;

/// With this many characters outside ASCII, a GB18030 text is not good UTF-8 by chance: about one Chinese character in
/// six is, so eight in a row are one in a million.
const TOO_MANY_FOR_CHANCE: usize = 8;

/// Decodes a table in which some of the headers `expected` should stand.
pub fn decode(content: Vec<u8>, expected: &Expected) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(&content) {
        let text = encoding
            .decode_without_bom_handling(&content[mark..])
            .0
            .into_owned();
        return Decoded {
            text,
            encoding: encoding.name(),
            doubtful: false,
        };
    }
    if let Some(encoding) = by_zero_bytes(&content) {
        return lossy(&content, encoding);
    }
    let matches = |encoding| header_matches(&content, encoding, expected);
    let (as_utf8, as_gb) = (matches(UTF_8), matches(GB18030));
    match String::from_utf8(content) {
        Ok(text) if as_utf8 >= as_gb => {
            let doubtful = as_utf8 == as_gb && may_be_gb(&text);
            Decoded {
                text,
                encoding: UTF_8.name(),
                doubtful,
            }
        }
        Ok(text) => lossy(text.as_bytes(), GB18030),
        Err(error) => {
            let content = error.into_bytes();
            let (utf8, gb) = (lossy(&content, UTF_8), lossy(&content, GB18030));
            let mistrust =
                |text: &Decoded, matches| (std::cmp::Reverse(matches), broken(&text.text));
            if mistrust(&utf8, as_utf8) < mistrust(&gb, as_gb) {
                utf8
            } else {
                Decoded {
                    doubtful: as_gb == 0 && !expected.is_empty(),
                    ..gb
                }
            }
        }
    }
}

/// UTF-16 without a mark: digits, separators and line ends have a zero byte, nearly all on the same side.
fn by_zero_bytes(content: &[u8]) -> Option<&'static Encoding> {
    let head = &content[..content.len().min(HEAD) & !1];
    let zeros = |side: usize| {
        let own = head.iter().skip(side).step_by(2);
        own.filter(|&&byte| byte == 0).count()
    };
    let enough = ENOUGH_ZEROS.max(head.len() / ZEROS_PER_BYTE);
    let encoding = match (zeros(0), zeros(1)) {
        (first, second) if second >= enough && second > ONE_SIDED * first => UTF_16LE,
        (first, second) if first >= enough && first > ONE_SIDED * second => UTF_16BE,
        _ => return None,
    };
    let (text, broken) = encoding.decode_without_bom_handling(head);
    let cut = content.len() > head.len();
    let plain = |c: char| c == '\n' || c == '\r' || c == '\t' || !c.is_control();
    ((!broken || cut) && text.contains(['\n', '\r']) && text.chars().all(plain)).then_some(encoding)
}

fn lossy(content: &[u8], encoding: &'static Encoding) -> Decoded {
    let text = encoding.decode_without_bom_handling(content).0.into_owned();
    Decoded {
        text,
        encoding: encoding.name(),
        doubtful: false,
    }
}

fn broken(text: &str) -> usize {
    text.matches(char::REPLACEMENT_CHARACTER).count()
}

fn header_matches(content: &[u8], encoding: &'static Encoding, expected: &Expected) -> usize {
    let head = &content[..content.len().min(HEAD)];
    header::shape(&encoding.decode_without_bom_handling(head).0, expected)
        .map_or(0, |shape| shape.matches)
}

/// Whether a good UTF-8 text may be GB18030: few characters outside ASCII, each of two bytes, each pair good there too.
fn may_be_gb(text: &str) -> bool {
    let foreign = text
        .chars()
        .filter(|c| !c.is_ascii())
        .take(TOO_MANY_FOR_CHANCE)
        .collect::<Vec<_>>();
    !foreign.is_empty()
        && foreign.len() < TOO_MANY_FOR_CHANCE
        && foreign.iter().all(|c| c.len_utf8() == 2)
        && GB18030
            .decode_without_bom_handling_and_without_replacement(text.as_bytes())
            .is_some()
}
