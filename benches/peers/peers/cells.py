"""Numbers as they stand in the cells of a school table."""

import math
import re
import unicodedata
from functools import lru_cache

#: The usual marks for "not known", folded.
MISSING = frozenset(
    ("/", "//", "\\", "na", "n/a", "n.a.", "#n/a", "null", "none", "?", "无数据", "暂无数据", "未知")
) | {
    *("不详", "缺", "缺失", "缺数据", "未填", "未填报", "未统计", "不明"),
}
DASHES = re.compile(r"[-‐‒–—―−_ ]*|\.{2,}")
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?")
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")


@lru_cache(maxsize=1 << 14)
def fold(text: str) -> str:
    """The text without full-width forms, outer white space and capitals."""
    return unicodedata.normalize("NFKC", text.strip()).strip().lower()


def number(cell: str, missing: frozenset[str] = frozenset()) -> float:
    """A number from 0 up, a percentage as a fraction; NaN where the cell says nothing that can be used."""
    if cell.isascii() and cell.isdigit() and cell not in missing:
        return float(cell)
    text = fold(cell)
    if text in missing or text in MISSING or DASHES.fullmatch(text):
        return math.nan
    text, scale = (text[:-1].rstrip(), 100.0) if text.endswith("%") else (text, 1.0)
    if THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    if not NUMBER.fullmatch(text):
        return math.nan
    value = float(text) / scale
    return value if 0.0 <= value < math.inf else math.nan
