"""The photos of a Page's post. Facebook keeps each by itself, and deleting a post need not delete them."""

from collections.abc import Mapping

from campaign.core.sentence import Sentence
from campaign.publishers.answer import identifier, mapping

ATTACHED = "media_type,type,target,subattachments"
"""What is asked for of a post's attachments (https://developers.facebook.com/docs/graph-api/reference/story-attachment/)."""


def photos_of(body: object) -> tuple[str, ...] | None:
    """The ids of the photos in an answer on a post's attachments: one photo, or the several of an album. None when it is no
    such answer."""
    listed = mapping(body).get("data")
    if not isinstance(listed, list):
        return None
    photos = (photo for written in listed for photo in _photos(mapping(written)))
    return tuple(dict.fromkeys(photos))


def kept_photos(kept: Mapping[str, str], obstacle: str) -> str:
    """What a person is told of photos whose post is gone: those that Facebook kept with its words on each, or why it could
    not be known whether there were any. "" for nothing."""
    if obstacle:
        return Sentence(
            "The post is gone, and it could not be seen whether its pictures are: {0} Look for them on the Page.",
            obstacle,
        )
    if not kept:
        return ""
    addresses = ", ".join(f"https://www.facebook.com/photo/?fbid={photo}" for photo in kept)
    return Sentence(
        "The post is gone, and Facebook did not delete all of its pictures ({0}): delete them there, at {1}",
        next(iter(kept.values())),
        addresses,
    )


def _photos(attachment: Mapping[str, object]) -> list[str]:
    inner = mapping(attachment.get("subattachments")).get("data")
    single = map(mapping, inner) if isinstance(inner, list) else [attachment]
    return [photo for each in single if (photo := _photo(each))]


def _photo(attachment: Mapping[str, object]) -> str:
    """The id of a photo, "" for anything else: a link that is shown with a picture has no photo of the Page's."""
    if "photo" not in (attachment.get("media_type"), attachment.get("type")):
        return ""
    photo = identifier(mapping(attachment.get("target")).get("id"))
    return photo if photo.isdecimal() else ""
