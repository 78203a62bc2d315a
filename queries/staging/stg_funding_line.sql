-- Budget and spending of programmes, as printed by a source or handed in by a city. A line of several
-- years or regions together cannot be split.
-- grain: one row per funding_line_id
-- reads: raw.funding_lines
SELECT
    funding_line_id,
    string_split(region, ';') AS regions,
    cast(year AS INTEGER) AS year,
    cast(year_end AS INTEGER) AS year_end,
    programme,
    programme_ko,
    item,
    money_source,
    payer,
    cast(budgeted_krw AS DECIMAL(24, 6)) AS budgeted_krw,
    cast(executed_krw AS DECIMAL(24, 6)) AS executed_krw,
    coalesce(cast(approximate AS BOOLEAN), FALSE) AS is_approximate,
    source_id,
    note,
    batch_id
FROM raw.funding_lines
WHERE withdrawn IS NULL
