-- How many visits did a city hand in for each month, and what was spent?
-- Visits are no patients: one person may come several times.
-- grain: one row per region and month
-- reads: fct_visit_count
-- param: $region VARCHAR in dim_region.region = null. null: all regions.
-- param: $year INTEGER = null. null: all years.
-- returns: region VARCHAR
-- returns: year INTEGER
-- returns: month VARCHAR
-- returns: visit_count BIGINT (visits)
-- returns: spending_krw DECIMAL (KRW)
-- returns: spending_count BIGINT (visits with a known spending)
-- returns: is_withheld BOOLEAN
-- returns: is_spending_withheld BOOLEAN
-- returns: is_exact BOOLEAN
-- protects: visit_count by visit_key, spending_count by spending_key, spending_krw by spending_largest of spending_count
-- breakdowns: total
SELECT
    region,
    year,
    month,
    cast(sum(visit_count) AS BIGINT) AS visit_count,
    cast(sum(spending_krw) AS DECIMAL(24, 6)) AS spending_krw,
    cast(sum(spending_count) AS BIGINT) AS spending_count,
    cell_key(visit_key) AS visit_key,
    cell_key(spending_key) AS spending_key,
    two_largest(spending_largest) AS spending_largest
FROM fct_visit_count
WHERE
    breakdown = ''
    AND ($region IS NULL OR region = $region)
    AND ($year IS NULL OR year = $year)
GROUP BY region, year, month
ORDER BY region, month
