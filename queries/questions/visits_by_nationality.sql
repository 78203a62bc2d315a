-- From which countries came the visits that a city handed in for a year?
-- An empty nationality is one that the file does not say.
-- grain: one row per region and nationality
-- reads: fct_visit_count
-- param: $year INTEGER. Calendar year.
-- param: $region VARCHAR in dim_region.region = null. null: all regions.
-- returns: region VARCHAR
-- returns: nationality VARCHAR
-- returns: visit_count BIGINT (visits)
-- returns: spending_krw DECIMAL (KRW)
-- returns: spending_count BIGINT (visits with a known spending)
-- returns: month_count BIGINT (months with visits)
-- returns: is_withheld BOOLEAN
-- protects: visit_count with spending_krw, spending_count, month_count per region
SELECT
    region,
    nationality,
    cast(sum(visit_count) AS BIGINT) AS visit_count,
    cast(sum(spending_krw) AS DECIMAL(24, 6)) AS spending_krw,
    cast(sum(spending_count) AS BIGINT) AS spending_count,
    count(DISTINCT month) AS month_count,
    FALSE AS is_withheld
FROM fct_visit_count
WHERE
    breakdown = 'nationality'
    AND year = $year
    AND ($region IS NULL OR region = $region)
GROUP BY region, nationality
ORDER BY region, sum(visit_count) DESC, nationality
