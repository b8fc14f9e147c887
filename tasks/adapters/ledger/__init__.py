"""What the ledger holds, read and written as values. Every function works inside the caller's transaction."""
