"""The database: SQLite by default, PostgreSQL for several processes; one file a table group."""
