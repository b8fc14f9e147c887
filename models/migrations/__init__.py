"""How the ledger's tables came to be (Alembic). `tasks/adapters/database.py` runs them."""
