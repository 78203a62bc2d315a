-- How many patients from a country did Korea and each region report, year by year?
-- grain: one row per region with any figure and year, from the first year with one to the last
-- reads: fct_figure
-- param: $country VARCHAR in dim_country.country. Country of origin, ISO 3166-1 alpha-2.
-- returns: region VARCHAR
-- returns: year INTEGER
-- returns: value DECIMAL (persons)
-- returns: unit VARCHAR
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: source_ids VARCHAR[]
WITH
figure AS (
    SELECT *
    FROM fct_figure
    WHERE
        metric = 'foreign_patients'
        AND nationality = $country
        AND is_annual_cell(period, department, institution_class)
        AND year IS NOT NULL
        AND NOT contains(region, ';')
),

span AS (
    SELECT
        min(year) AS first_year,
        max(year) AS last_year
    FROM figure
),

calendar AS (
    SELECT cast(unnest(range(first_year, last_year + 1)) AS INTEGER) AS year
    FROM span
),

known_region AS (
    SELECT
        region,
        count(*) AS year_count
    FROM figure
    GROUP BY region
)

SELECT
    r.region,
    y.year,
    f.value,
    coalesce(f.unit, 'persons') AS unit,
    coalesce(f.evidence, 'no data') AS evidence,
    coalesce(f.is_approximate, FALSE) AS is_approximate,
    coalesce(f.dissent_count, 0) AS dissent_count,
    coalesce(f.source_ids, []) AS source_ids
FROM known_region AS r
CROSS JOIN calendar AS y
LEFT JOIN figure AS f ON r.region = f.region AND y.year = f.year
ORDER BY r.region <> 'KR', r.year_count DESC, r.region, y.year
