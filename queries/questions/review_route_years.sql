-- Of which onsite reviews of a region does the record know a stop?
-- grain: one row per year
-- reads: fct_review_visit
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code.
-- returns: year INTEGER
-- returns: stop_count BIGINT (stops)
SELECT
    year,
    count(*) AS stop_count
FROM fct_review_visit
WHERE region = $region AND kind = 'stop'
GROUP BY year
ORDER BY year DESC
