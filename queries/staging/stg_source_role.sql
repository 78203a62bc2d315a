-- Sources that play a part other than printing figures.
-- grain: one row per source
-- reads: raw.source_roles
SELECT
    source_id,
    role
FROM raw.source_roles
