-- Budget and spending of items of programmes, with the source that says so.
-- grain: one row per funding_line_id
-- reads: stg_funding_line, dim_source
SELECT
    f.*,
    s.tier
FROM stg_funding_line AS f
INNER JOIN dim_source AS s ON f.source_id = s.source_id
