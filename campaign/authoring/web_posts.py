"""Posts that were written in the web, beside those of files: whose words count."""

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from campaign.authoring.versions import digest, latest_from_web, read_version, same_words
from campaign.content.library import Library, with_posts
from campaign.content.post import PostFile
from campaign.core.finding import Finding, Place, error
from campaign.core.sentence import Sentence
from campaign.models import Version
from campaign.states import Stage


def current(library: Library, uploads: Path, zone: ZoneInfo) -> Library:
    """The library with what was last written in the web instead of the files' words, where both are there.

    A file that has changed as well is refused with a finding; one that has come to say the same is taken.
    When only some files were asked for, only their posts are looked at.
    """
    posts: dict[str, PostFile] = {}
    findings: list[Finding] = []
    left_out: set[str] = set()
    for version in latest_from_web():
        post = version.post
        is_planned = post.stage == Stage.PLANNED
        file = library.posts.get(post.key)
        if file is None and not (library.whole and is_planned):
            continue
        read = read_version(version, uploads)
        if file and read.post and same_words(file, read.post):
            continue
        if file and digest(file) != post.file_digest:
            findings.append(_both_changed(version, file, zone))
        if read.post and is_planned:
            posts[post.key] = read.post
        else:
            findings += read.findings
            left_out.add(post.key)
    kept = {key: file for key, file in library.posts.items() if key not in left_out}
    changed = replace(
        library,
        posts=kept,
        findings=(*library.findings, *findings),
        broken=library.broken | left_out,
    )
    return with_posts(changed, posts)


def _both_changed(version: Version, file: PostFile, zone: ZoneInfo) -> Finding:
    who = version.by.username if version.by else "somebody"
    when = version.at.astimezone(zone)
    message = Sentence(
        "{0} was changed in the web by {1} on {2}, so this changed file is not taken over "
        "and the web version stands: bring what is new here into the web.",
        version.post.key,
        who,
        f"{when:%Y-%m-%d %H:%M}",
    )
    return error("changed-in-web", message, Place(file.file.name))
