"""The workbench: where people who speak a language correct its sentences and check them, over the very same files.

It never reaches the guide that users get: nothing of it is built, and it answers on this machine only, unless shared.
"""
