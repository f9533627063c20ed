"""Checks: each ``check_*`` takes data and yields Problems. Nothing here reads or writes a file."""
