"""The workbench: where people correct, check and say aloud the sentences of their language, over the very same files.

It never reaches the guide that users get: nothing of it is built, and it answers on this machine only, unless shared.
"""
