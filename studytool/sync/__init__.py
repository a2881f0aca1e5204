"""One log on several devices: by a folder that they share, or by a PostgreSQL server. The result is the union."""
