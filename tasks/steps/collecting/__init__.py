"""Take in what units send: every file and page judged whole, kept as a version, answered."""
