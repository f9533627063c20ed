"""The fault server by hand: ``python -m tests.faults --list``, then for example ``python -m tests.faults portal``."""

import argparse
import re
import threading

from fieldguide.load import load_site
from tests.faults.faults import FAULTS
from tests.faults.server import Faults, FaultServer, is_part
from tests.faults.shaper import EDGE, FLAKY, GPRS, NONE, VERY_FLAKY, Shaper

LINKS = {"edge": EDGE, "flaky": FLAKY, "very-flaky": VERY_FLAKY, "gprs": GPRS, "none": NONE}


def main() -> None:
    """Serve the guide of this checkout with one fault, over one kind of link, until Ctrl+C."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=main.__doc__)
    parser.add_argument("fault", nargs="?", choices=FAULTS, metavar="FAULT", help="its name; none means a good host")
    parser.add_argument("--list", action="store_true", help="print every fault and what it is, and end")
    parser.add_argument("--at", type=re.compile, metavar="REGEX", help="the paths that fail (default: parts of packs)")
    parser.add_argument("--times", type=int, default=1_000_000, metavar="N", help="how often (default: always)")
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="the port (default: 8000)")
    parser.add_argument("--link", choices=LINKS, default="none", help="how slow, and how often cut, the line is")
    options = parser.parse_args()
    if options.list:
        for name, fault in FAULTS.items():
            print(f"{name:<16}{fault.__doc__}")
        return
    at = options.at.search if options.at else is_part
    site, _ = load_site()
    link = LINKS[options.link]
    server = FaultServer(site, port=options.port if link is NONE else 0)
    server.faults = Faults(options.fault or "", lambda path: bool(at(path)), options.times)
    port = server.port if link is NONE else Shaper(link, server.port, port=options.port).start().port
    wrong = options.fault or "no fault"
    print(f"http://127.0.0.1:{port}{site.base}  {wrong}, {link.name}  (Ctrl+C stops it)", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
