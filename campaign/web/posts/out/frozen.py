"""What a delivery says to the letter, as pages show it: its text in pieces, and its pictures."""

import json
from dataclasses import dataclass

from campaign.authoring.uploads import NAME
from campaign.models import Delivery
from campaign.publishers import posts_of
from campaign.web.posts.look.pieces import Piece, pieces


@dataclass(frozen=True, slots=True)
class DeliveryPicture:
    """A picture: its digest, "" when it cannot be shown, and its description."""

    digest: str
    alt: str


def texts_of(delivery: Delivery) -> list[tuple[Piece, ...]]:
    """Its text in pieces, part by part."""
    network = delivery.network
    return [pieces(text, network) for text in posts_of(delivery.text, network)]


def pictures_of(written: str) -> list[DeliveryPicture]:
    """The pictures of a delivery, from the JSON that it holds; "" for none."""
    pictures = []
    for picture in json.loads(written) if written else []:
        file, alt = str(picture.get("file", "")), str(picture.get("alt", ""))
        name = file.rsplit("/", 1)[-1]
        is_upload = NAME.fullmatch(name)
        digest = name.split(".")[0] if is_upload else ""
        pictures.append(DeliveryPicture(digest, alt))
    return pictures
