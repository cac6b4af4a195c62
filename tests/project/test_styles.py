"""The style sheets: what all pages share, a page's own sheet does not lay out anew under the same name."""

import re
from pathlib import Path

SHEETS = Path("campaign/web/static/campaign")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PRINTED = re.compile(r"@media print \{.*?\n\}", re.DOTALL)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def laid_out(sheet: Path) -> set[str]:
    """The classes that a rule of their own alone gives a display or a position."""
    text = COMMENT.sub("", sheet.read_text("utf-8"))
    rules = RULE.findall(PRINTED.sub("", text))
    names = (
        name.strip()
        for names, looks in rules
        if re.search(r"\b(display|position):", looks)
        for name in names.split(",")
    )
    return {name for name in names if re.fullmatch(r"\.[a-z][\w-]*", name)}


def test_no_page_lays_out_a_class_of_all_pages_in_another_way():
    shared = laid_out(SHEETS / "campaign.css")
    assert ".thumb" in shared
    others = [sheet for sheet in SHEETS.glob("*.css") if sheet.name != "campaign.css"]
    clashes = {sheet.name: laid_out(sheet) & shared for sheet in others}
    assert not {name: names for name, names in clashes.items() if names}
