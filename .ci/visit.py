"""Visits the site that `manage.py demo`, whose output is the file named, is about to serve."""

import re
import sys
import time
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen

PATIENCE = 60  # seconds


def main(log):
    home = wait_for_address(Path(log))
    page = visit(home)
    visit(urljoin(home, "zh-hans/"))
    visit(urljoin(home, "admin/login/"))
    style = re.search(r'<link[^>]+href="([^"]+\.css)"', page)
    if not style:
        sys.exit(f"{home} names no style sheet")
    visit(urljoin(home, style[1]))


def wait_for_address(log):
    for _ in range(PATIENCE * 5):
        if address := re.search(r"The site: +(\S+)\n", log.read_text(encoding="utf-8")):
            return address[1]
        time.sleep(0.2)
    sys.exit(f"No site after {PATIENCE} s: {log.read_text(encoding='utf-8')}")


def visit(url):
    # Anything but a success is raised as an error.
    with urlopen(url, timeout=30) as response:  # noqa: S310 - our own address
        body = response.read().decode()
    print(response.status, url, len(body), "characters")  # noqa: T201
    return body


main(*sys.argv[1:])
