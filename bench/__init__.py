"""Benchmarks: they report, and never fail a build. ``make bench`` runs all of them."""
