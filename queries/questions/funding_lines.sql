-- What was budgeted and spent on each of a region's programmes, and from which money?
-- Lines as sources print them or cities handed them in; an unknown spending is empty, not 0. Lines are
-- never added: several sources print one sum, a sum stands beside its parts, and grants are awards too.
-- grain: one row per funding line
-- reads: fct_funding_line
-- param: $region VARCHAR in dim_region.region = null. null: all regions.
-- param: $year INTEGER = null. Also one within a sum of several years; null: all years.
-- returns: funding_line_id VARCHAR
-- returns: regions VARCHAR[]
-- returns: year INTEGER
-- returns: year_end INTEGER
-- returns: programme VARCHAR
-- returns: programme_ko VARCHAR
-- returns: item VARCHAR
-- returns: money_source VARCHAR
-- returns: payer VARCHAR
-- returns: budgeted_krw DECIMAL (KRW)
-- returns: executed_krw DECIMAL (KRW)
-- returns: is_approximate BOOLEAN
-- returns: tier VARCHAR
-- returns: executed_pct DOUBLE (per cent of the budget)
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
SELECT
    funding_line_id,
    regions,
    year,
    year_end,
    programme,
    programme_ko,
    item,
    money_source,
    payer,
    budgeted_krw,
    executed_krw,
    is_approximate,
    tier,
    100 * cast(executed_krw AS DOUBLE) / nullif(cast(budgeted_krw AS DOUBLE), 0) AS executed_pct,
    note,
    [source_id] AS source_ids
FROM fct_funding_line
WHERE
    ($region IS NULL OR list_contains(regions, $region))
    AND ($year IS NULL OR $year BETWEEN year AND coalesce(year_end, year))
ORDER BY year DESC, regions, programme, item, money_source, funding_line_id
