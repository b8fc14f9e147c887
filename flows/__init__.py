"""When, and in what order. `cycle.py` is the front door: it reads like the sentence in the README."""
