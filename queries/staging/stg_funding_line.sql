-- Budget and spending of items of programmes, as cities handed them in.
-- grain: one row per funding_line_id
-- reads: raw.funding_lines
SELECT
    funding_line_id,
    region,
    cast(year AS INTEGER) AS year,
    programme,
    item,
    money_source,
    cast(budgeted_krw AS DECIMAL(24, 6)) AS budgeted_krw,
    cast(executed_krw AS DECIMAL(24, 6)) AS executed_krw,
    source_id,
    note,
    batch_id
FROM raw.funding_lines
WHERE withdrawn IS NULL
