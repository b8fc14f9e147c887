"""One reporting season of the five plans, replayed through the real flows and the real forms."""
