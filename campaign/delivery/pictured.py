"""Pictures as they were frozen with a delivery, compared without opening any."""

import json
from collections.abc import Mapping
from pathlib import Path


def are_alike(pictures: str, others: str) -> bool:
    """Whether two texts that `frozen` made name the same pictures, described alike, wherever their files are."""
    return list(map(_shown, pictures_in(pictures))) == list(map(_shown, pictures_in(others)))


def as_known(known: str, now: str) -> str:
    """The pictures as they were frozen before, where those of now are the very same and only lie elsewhere: what was approved
    of them counts. Those of now in any other case, also where the earlier files are not there any more."""
    are_there = all(Path(picture["file"]).is_file() for picture in pictures_in(known))
    return known if are_there and are_alike(known, now) else now


def pictures_in(text: str) -> list[dict[str, str]]:
    """The pictures of such a text: file, hash and alt text of each."""
    return json.loads(text) if text else []


def _shown(picture: Mapping[str, str]) -> tuple[str, str]:
    return picture["sha256"], picture["alt"]
