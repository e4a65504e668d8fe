-- Prefect's own database, beside the record's: run once, when PostgreSQL is first started.
CREATE DATABASE prefect OWNER paragraf;
