-- What was budgeted and spent on each item of a region's programmes, and from which money?
-- Lines as cities handed them in; an unknown spending is empty, not 0.
-- grain: one row per funding line
-- reads: fct_funding_line
-- param: $region VARCHAR in dim_region.region = null. null: all regions.
-- param: $year INTEGER = null. null: all years.
-- returns: funding_line_id VARCHAR
-- returns: region VARCHAR
-- returns: year INTEGER
-- returns: programme VARCHAR
-- returns: item VARCHAR
-- returns: money_source VARCHAR
-- returns: budgeted_krw DECIMAL (KRW)
-- returns: executed_krw DECIMAL (KRW)
-- returns: executed_pct DOUBLE (per cent of the budget)
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
SELECT
    funding_line_id,
    region,
    year,
    programme,
    item,
    money_source,
    budgeted_krw,
    executed_krw,
    100 * cast(executed_krw AS DOUBLE) / nullif(cast(budgeted_krw AS DOUBLE), 0) AS executed_pct,
    note,
    [source_id] AS source_ids
FROM fct_funding_line
WHERE
    ($region IS NULL OR region = $region)
    AND ($year IS NULL OR year = $year)
ORDER BY year DESC, region, programme, item, money_source, funding_line_id
