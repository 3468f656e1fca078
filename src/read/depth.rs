//! How deep a TOML text nests, told before it is parsed: a tree thousands of levels deep cannot even be dropped without
//! overflowing the stack, and the parser's own limits on keys and on brackets multiply.

use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

/// The most brackets inside one another, and the most parts of a key. A case needs five of either.
pub(super) const MOST: usize = 16;

/// Where a text first nests deeper than [`MOST`].
pub(super) fn too_deep(text: &str) -> Option<Range<usize>> {
    let (mut open, mut parts) = (0_usize, 0_usize);
    for token in Source::new(text).lex() {
        match token.kind() {
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => {
                (open, parts) = (open + 1, 0)
            }
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                (open, parts) = (open.saturating_sub(1), 0);
            }
            TokenKind::Dot => parts += 1,
            TokenKind::Equals | TokenKind::Comma | TokenKind::Newline => parts = 0,
            _ => {}
        }
        if open > MOST || parts >= MOST {
            return Some(token.span().start()..token.span().end());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_case_needs_is_not_deep() {
        let text = "a.b = 1.5 # [[[[[[[[[[[[[[[[[[[[[[[[[[\n[[x.y]]\nz = [{ a = [1.0, 2.0, 3.0] }, { b = '....................' }]\n";
        assert_eq!(too_deep(text), None);
        assert_eq!(too_deep(&"t = [1.0]\n".repeat(1000)), None);
        assert_eq!(too_deep(&format!("t = [{}]", "1.0,".repeat(1000))), None);
    }

    #[test]
    fn brackets_and_keys_are_counted() {
        assert_eq!(too_deep(&"[".repeat(17)), Some(16..17));
        assert!(too_deep(&format!("a = {}", "{b=".repeat(20))).is_some());
        assert!(too_deep(&vec!["a"; 17].join(" . ")).is_some());
        assert!(too_deep(&vec!["a"; 16].join(".")).is_none());
    }
}
