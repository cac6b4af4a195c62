"""What was written in the pages, as the files that say the same: loading them changes nothing.

Stories stay here, where their people can take them back; so does what is not submitted yet."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from campaign.authoring.compose import Desk
from campaign.authoring.shared.campaign_source import fields_of, write_campaign
from campaign.authoring.shared.campaigns import of_persons, version_of
from campaign.authoring.shared.written import stands_in_file
from campaign.authoring.versions import latest_from_web, read_version
from campaign.content.campaigns import nameless
from campaign.content.library import CAMPAIGN
from campaign.content.source import FIRST_LINE
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.models import Post, Version
from campaign.states import Stage

MOST = 1_000
"""Posts that are written out at once, at the most."""
_SAME_TIME = (1980, 1, 1, 0, 0, 0)
"""What the ZIP file says of when its parts were made: the same whenever it is made."""


@dataclass(frozen=True, slots=True)
class WrittenOut:
    """The files of a campaign by their paths, such as "walk/first.toml", how many of its posts are not among them, and on
    which facts of the pages those lean that are."""

    files: Mapping[str, bytes]
    posts: int
    stories: int
    drafts: int
    facts: tuple[str, ...]


def files_of_campaign(slug: str, desk: Desk) -> WrittenOut:
    """The campaign.toml, the posts and their pictures, as far as they were written in the pages. Raises Problem when there
    are too many posts."""
    files = _campaign_file(slug, desk)
    persons = of_persons(slug)
    of_it = latest_from_web().filter(post__campaign=slug)
    ours = of_it.exclude(post__in=persons)
    planned = ours.filter(post__stage=Stage.PLANNED, post__emptied_at=None)
    versions = list(planned.order_by("post__id")[: MOST + 1])
    if len(versions) > MOST:
        raise Problem(
            Sentence("This campaign has more than {0} posts, too many for one file.", MOST)
        )
    for version in versions:
        files |= _post_files(version, desk.uploads)
    begun = Post.objects.filter(campaign=slug, stage=Stage.WRITING)
    drafts = begun.exclude(pk__in=persons).count()
    facts = _facts_of_pages(versions, desk)
    return WrittenOut(files, len(versions), persons.count(), drafts, facts)


def zipped(out: WrittenOut) -> bytes:
    """All of it as one file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in out.files.items():
            file.writestr(zipfile.ZipInfo(name, _SAME_TIME), content)
    return made.getvalue()


def write_into(folder: Path, out: WrittenOut) -> None:
    """Writes the files below a folder. Raises Problem, before anything is written, where one of them is there already and
    says something else."""
    for name, content in out.files.items():
        path = folder / name
        if path.exists() and path.read_bytes() != content:
            raise Problem(
                Sentence(
                    "{0} is there already and says something else, so nothing is written: name another folder.",
                    str(path),
                )
            )
    for name, content in out.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _campaign_file(slug: str, desk: Desk) -> dict[str, bytes]:
    """Nothing where it stands in a file already, or where nothing is known of the campaign but its posts."""
    campaign = desk.library.campaigns.get(slug)
    if campaign is None or stands_in_file(campaign):
        return {}
    if campaign == nameless(slug, campaign.place):
        return {}
    version = version_of(slug)
    source = version.source if version else write_campaign(fields_of(campaign))
    return {f"{slug}/{CAMPAIGN}": source.encode()}


def _facts_of_pages(versions: Iterable[Version], desk: Desk) -> tuple[str, ...]:
    """The facts that these posts lean on and no file has."""
    known, leant_on = desk.library.facts, set[str]()
    for version in versions:
        post = read_version(version, desk.uploads).post
        leant_on.update(post.facts if post else ())
    return tuple(sorted(key for key in leant_on if key in known and known[key].of_pages))


def _post_files(version: Version, uploads: Path) -> dict[str, bytes]:
    """A post's file, and its pictures as far as they are there."""
    post = version.post
    said = version.source.removeprefix(FIRST_LINE)
    files = {f"{post.key}.toml": said.lstrip().encode()}
    read = read_version(version, uploads).post
    for picture in read.pictures if read else ():
        file = picture.file
        if file.is_file():
            files[f"{post.campaign}/{file.name}"] = file.read_bytes()
    return files
