#!/usr/bin/env python3
"""The builder's command: ``python build_pwa.py [build | check | serve]``."""

try:
    from fieldguide.cli import main
except ModuleNotFoundError as error:
    if (error.name or "").startswith("fieldguide"):
        raise
    raise SystemExit("Not set up here yet: run `make build`, then `. .venv/bin/activate` in this terminal.") from None

if __name__ == "__main__":
    raise SystemExit(main())
