"""What exists and what holds: values in, decisions out. No I/O, no clock, no Prefect."""
