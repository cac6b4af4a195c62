"""The page on proxies, followed word for word with nginx."""

import io
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from PIL import Image

from campaign.commands.serve import LARGEST
from tests.certificates import make_certificate
from tests.prepared import Prepared
from tests.stage import PATIENCE, ROOT, Machine, free_port, stop, until

pytestmark = [
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.filterwarnings("ignore:Unverified HTTPS request"),
]
PAGE = ROOT / "docs" / "behind-a-proxy.md"
NAME = "posts.survivornet.ca"
WORLD = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
{user}
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {server}
}}
"""
"""What Debian's own nginx.conf has around a site, in a folder of the test's."""


def block(kind: str) -> str:
    """What the page says is to be written into a file of this kind."""
    [written] = re.findall(rf"```{kind}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return str(written)


def put(text: str, *changes: tuple[str, str]) -> str:
    """With the test's own ports and certificate, each of which the text has."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


@dataclass
class Site:
    """The pages as people reach them, through nginx."""

    machine: Machine
    prepared: Prepared
    http: int
    https: int
    inner: int

    def ask(
        self, path: str, person: str = "", method: str = "GET", **more: Any
    ) -> requests.Response:
        cookies = {"campaign_session": self.prepared.sessions[person]} if person else {}
        return requests.request(
            method,
            f"https://127.0.0.1:{self.https}{path}",
            headers={"Host": NAME, "Referer": f"https://{NAME}/", **more.pop("headers", {})},
            cookies={**cookies, **more.pop("cookies", {})},
            verify=False,
            allow_redirects=False,
            timeout=PATIENCE,
            **more,
        )


@pytest.fixture(scope="module")
def nginx() -> str:
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        why = "nginx is not installed here (apt install nginx): the page on proxies was not followed."
        if os.environ.get("CAMPAIGN_NO_SKIP"):
            pytest.fail(why)
        pytest.skip(why)
    return found


@pytest.fixture
def site(nginx: str, machine: Machine, prepared: Prepared, tmp_path: Path) -> Iterator[Site]:
    ports = {free_port() for _ in range(9)}
    made = Site(machine, prepared, *list(ports)[:3])
    make_certificate(tmp_path / "here.pem", NAME)
    server = put(
        block("nginx"),
        ("listen 80;", f"listen 127.0.0.1:{made.http};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{made.https} ssl;"),
        (f"/etc/letsencrypt/live/{NAME}/fullchain.pem", f"{tmp_path}/here.pem"),
        (f"/etc/letsencrypt/live/{NAME}/privkey.pem", f"{tmp_path}/here.pem"),
        ("http://127.0.0.1:8000;", f"http://127.0.0.1:{made.inner};"),
    )
    folder = tmp_path / "nginx"
    folder.mkdir()
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(WORLD.format(folder=folder, user=user, server=server))
    machine.configure(
        dry_run=True, top=put(block("toml"), ("port = 8000", f"port = {made.inner}"))
    )
    machine.queued()
    serving = machine.start("serve")
    serving.stdout.readline()
    with subprocess.Popen(
        [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    ) as proxy:
        until((folder / "nginx.pid").exists)
        yield made
        proxy.send_signal(signal.SIGTERM)
    assert stop(serving, signal.SIGTERM).status == 0


def photo() -> bytes:
    """A picture of some megabytes, as a telephone takes it."""
    made = io.BytesIO()
    noise = Image.effect_noise((2_000, 1_500), 120).resize((4_000, 3_000))
    noise.convert("RGB").save(made, "JPEG", quality=97)
    return made.getvalue()


def test_the_pages_are_reached_as_the_page_on_proxies_says(site: Site) -> None:
    plain = requests.get(
        f"http://127.0.0.1:{site.http}/tell/",
        headers={"Host": NAME},
        allow_redirects=False,
        timeout=PATIENCE,
    )
    assert (plain.status_code, plain.headers["Location"]) == (301, f"https://{NAME}/tell/")
    page = site.ask("/sign-in/")
    assert page.status_code == 200  # and no redirect to itself
    assert "</html>" in page.text
    assert "Secure" in page.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in page.headers  # nobody has asked for it
    first = site.ask("/")
    assert first.headers["Location"] in ("/sign-in/?next=/", f"https://{NAME}/sign-in/?next=/")
    assert site.ask("/queue/", "bob").status_code == 200
    assert site.ask("/", headers={"Host": "evil.example"}).status_code in (301, 400)
    _large_pictures_go_through(site)
    _heads_break_nothing(site)


def _large_pictures_go_through(site: Site) -> None:
    page = site.ask("/posts/1/", "bob")
    [token] = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[:1])
    source = photo()
    assert len(source) > 4_000_000
    sent = site.ask(
        "/posts/1/pictures/",
        "bob",
        "POST",
        data={"csrfmiddlewaretoken": token, "add": "yes"},
        cookies={"campaign_csrf": page.cookies["campaign_csrf"]},
        files={"picture": ("photo.jpg", source, "image/jpeg")},
    )
    assert sent.status_code == 303, sent.text[:2_000]
    assert len(list((site.machine.root / "uploads").glob("*.jpg"))) == 1


def _heads_break_nothing(site: Site) -> None:
    for _ in range(20):
        assert site.ask("/no-such-page/", method="HEAD").status_code == 404
        assert site.ask("/sign-in/").text.rstrip().endswith("</html>")


def test_the_page_says_what_the_program_takes() -> None:
    assert f"client_max_body_size {LARGEST // 1_000_000}m;" in block("nginx")
