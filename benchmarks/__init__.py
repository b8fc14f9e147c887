"""Ours beside the obvious way and beside the limit, measured in turns in one run: `python -m benchmarks`.

Not part of the installed program. What is compared is made from a shipped plan by the real builders.
"""
