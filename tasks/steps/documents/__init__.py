"""The lead unit's documents: made, written, sent on their way to issue, corrected, verified."""
