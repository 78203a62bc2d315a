-- Of which nationality, department, class of institution, sex, age and first visits were visits?
-- Read from single visits, slower than from counts. A value that the file does not say is empty.
-- Amounts are for the region's own alone: each column would tell their total once more.
-- grain: one row per region, column and value
-- reads: single_visit
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code.
-- param: $year INTEGER. Calendar year.
-- returns: region VARCHAR
-- returns: breakdown VARCHAR
-- returns: code VARCHAR
-- returns: visit_count BIGINT (visits)
-- returns: spending_krw DECIMAL (KRW)
-- returns: spending_count BIGINT (visits with a known spending)
-- returns: is_withheld BOOLEAN
-- returns: is_spending_withheld BOOLEAN
-- returns: is_exact BOOLEAN
-- protects: visit_count by visit_key, spending_count by spending_key, spending_krw of spending_count
WITH said AS (
    SELECT
        region,
        spending_krw,
        visit_key,
        if(spending_krw IS NULL, 0, visit_key) AS paying_key,
        unnest([
            'nationality', 'department', 'institution_class', 'sex', 'age_band', 'is_first_visit'
        ]) AS breakdown,
        unnest([
            nationality, department, institution_class, sex, age_band, is_first_visit
        ]) AS code
    FROM single_visit
    WHERE
        region = $region
        AND visited_on >= cast($year AS VARCHAR)
        AND visited_on < cast($year + 1 AS VARCHAR)
)

SELECT
    region,
    breakdown,
    code,
    count(*) AS visit_count,
    cast(sum(spending_krw) AS DECIMAL(24, 6)) AS spending_krw,
    count(spending_krw) AS spending_count,
    cell_key(visit_key) AS visit_key,
    cell_key(paying_key) AS spending_key
FROM said
GROUP BY region, breakdown, code
ORDER BY breakdown, code
