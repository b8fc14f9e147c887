"""The two faces of dondoc: the command line (`cli/`) and the page (`web/`)."""
