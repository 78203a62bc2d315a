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
-- returns: is_withheld BOOLEAN
-- returns: is_spending_withheld BOOLEAN
-- returns: is_exact BOOLEAN
-- protects: visit_count by visit_key, spending_count by spending_key, spending_krw by spending_largest of spending_count
-- breakdowns: nationality
SELECT
    region,
    nationality,
    cast(sum(visit_count) AS BIGINT) AS visit_count,
    cast(sum(spending_krw) AS DECIMAL(24, 6)) AS spending_krw,
    cast(sum(spending_count) AS BIGINT) AS spending_count,
    cell_key(visit_key) AS visit_key,
    cell_key(spending_key) AS spending_key,
    two_largest(spending_largest) AS spending_largest
FROM fct_visit_count
WHERE
    breakdown = 'nationality'
    AND year = $year
    AND ($region IS NULL OR region = $region)
GROUP BY region, nationality
ORDER BY region, nationality
