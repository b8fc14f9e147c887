"""The outside world: settings, clock, database, files, mail, workbooks, documents. Plain functions, no Prefect."""
