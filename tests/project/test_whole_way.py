"""From files to both networks and back: a thread with a picture, and taking it down; real programs, real HTTP."""

import io

import pytest
from PIL import Image

from tests.doubles import DoubleServer
from tests.stage import Machine, minutes_ago

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
HEAD = f"""
{minutes_ago(1)}
channels = ["x-en", "page-en"]
numbered = true
[[media]]
file = "garden.jpg"
alt.en = "A bench in a garden, in the sun."
alt.fr = "Un banc dans un jardin, au soleil."
"""


def test_a_thread_with_a_picture_goes_out_and_is_taken_down_again(
    machine: Machine, networks: DoubleServer
) -> None:
    machine.configure(networks.url)
    garden = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "made at home"
    Image.new("RGB", (60, 40), "green").save(garden, "JPEG", exif=exif)
    path = machine.post("one", HEAD, en="First.\\n---\\nSecond.")
    (path.parent / "garden.jpg").write_bytes(garden.getvalue())
    machine.people()
    machine.runs(["load", "--by", "vera"], ["approve", "one", "--by", "bob"])
    machine.run("run", "--once").well()
    on_x = [
        post for post in networks.ledger.posts if "(1/2)" in post.text or "(2/2)" in post.text
    ]
    on_facebook = [post for post in networks.ledger.posts if post not in on_x]
    assert [post.text.split(" ")[0] for post in on_x] == ["First.", "Second."]
    assert on_x[1].reply_to == on_x[0].id
    assert len(on_facebook) == 1
    assert "First.\n\nSecond." in on_facebook[0].text
    for post in (on_x[0], on_facebook[0]):
        [picture] = [
            upload for upload in networks.ledger.uploads.values() if upload.id in post.media
        ]
        assert picture.alt == "A bench in a garden, in the sun."
        assert b"made at home" not in picture.data
    assert not on_x[1].media
    said = machine.run(
        "remove", 1, 2, "--reason", "asked by the storyteller", "--by", "bob"
    ).well()
    assert said.out.count("taken down") == 2
    assert {row["status"] for row in machine.queue()} == {"removed"}
    assert all(post.deleted for post in networks.ledger.posts)
    assert "only what is published" in machine.run("remove", 1, "--reason", "again").everything
