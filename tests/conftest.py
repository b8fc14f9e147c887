"""For all tests: how fast one runs is no rule of the program, and other work on the machine makes none fail."""

from hypothesis import settings

settings.register_profile("dondoc", deadline=None)
settings.load_profile("dondoc")
