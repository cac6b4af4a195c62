"""Draws the pictures of the program's icon from icon.svg: python -m tests.browser.icons"""

import io
import re
import sys

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import CHROMIUM, SWITCHES
from tests.stage import ROOT

FOLDER = ROOT / "campaign" / "web" / "static" / "campaign"
ROUND, FULL = 5, 0
"""The corners of the square: round, or left to the system, which cuts its own shape out of it."""
PICTURES = (
    ("192.png", 192, ROUND, 24),
    ("512.png", 512, ROUND, 24),
    # Whatever shape a system cuts out, the middle four fifths stay: the ribbon stands within them.
    ("maskable-512.png", 512, FULL, 32),
    ("apple-touch.png", 180, FULL, 27),
)
"""File, its size in pixels, its corners, and how many units of the drawing the picture is wide."""


def main() -> int:
    """Draws all of them, in few colours."""
    if CHROMIUM is None:
        print("Install chromium, or name it with CHROMIUM=/path/to/it.", file=sys.stderr)
        return 1
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        for name, size, corners, wide in PICTURES:
            file = FOLDER / "icons" / name
            file.parent.mkdir(exist_ok=True)
            picture = _drawn(browser, size, corners, wide)
            picture.quantize(32, dither=Image.Dither.NONE).save(file, optimize=True)
            print(f"{file.relative_to(ROOT)}  {file.stat().st_size} bytes")
        browser.close()
    return 0


def _drawn(browser: Browser, size: int, corners: int, wide: int) -> Image.Image:
    svg = (FOLDER / "icon.svg").read_text("utf-8")
    edge = (24 - wide) / 2
    svg = svg.replace('viewBox="0 0 24 24"', f'viewBox="{edge} {edge} {wide} {wide}"')
    square = f'<rect x="{edge}" y="{edge}" width="{wide}" height="{wide}" rx="{corners}"'
    svg = re.sub(r'<rect width="24" height="24" rx="5"', square, svg)
    page = browser.new_page(viewport={"width": size, "height": size})
    page.set_content(f"<style>*{{margin:0}}svg{{display:block;width:{size}px}}</style>{svg}")
    shot = page.screenshot(omit_background=True)
    page.close()
    return Image.open(io.BytesIO(shot)).convert("RGBA")


if __name__ == "__main__":
    sys.exit(main())
