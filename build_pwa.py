#!/usr/bin/env python3
"""The builder's command: ``python build_pwa.py [build | check | serve]``."""

from fieldguide.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
