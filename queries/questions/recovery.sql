-- How far have a region's foreign patients, and Korea's, come back to a former year?
-- The former year is 100. Years without a figure stay in, without index; without a figure of the
-- former year there is no index at all.
-- grain: one row per region and year, from the former year to the last with a figure anywhere
-- reads: fct_figure, dim_region
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code; KR stands alone.
-- param: $base INTEGER = 2019. The former year.
-- returns: region VARCHAR
-- returns: year INTEGER
-- returns: value DECIMAL (persons)
-- returns: base_value DECIMAL (persons)
-- returns: index_pct DOUBLE (former year = 100)
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
        AND is_annual_total(period, nationality, department, institution_class)
        AND year IS NOT NULL
),

span AS (
    SELECT greatest($base, max(year)) AS last_year
    FROM figure
),

calendar AS (
    SELECT cast(unnest(range($base, last_year + 1)) AS INTEGER) AS year
    FROM span
)

SELECT
    r.region,
    y.year,
    f.value,
    b.value AS base_value,
    100 * cast(f.value AS DOUBLE) / nullif(cast(b.value AS DOUBLE), 0) AS index_pct,
    if(
        f.value IS NULL OR b.value IS NULL, 'no data',
        weakest_evidence([f.evidence, b.evidence])
    ) AS evidence,
    coalesce(f.is_approximate OR b.is_approximate, FALSE) AS is_approximate,
    coalesce(f.dissent_count + b.dissent_count, 0) AS dissent_count,
    list_sort(
        list_distinct(list_concat(coalesce(f.source_ids, []), coalesce(b.source_ids, [])))
    ) AS source_ids
FROM dim_region AS r
CROSS JOIN calendar AS y
LEFT JOIN figure AS f ON r.region = f.region AND y.year = f.year
LEFT JOIN figure AS b ON r.region = b.region AND b.year = $base
WHERE r.region IN ($region, 'KR')
ORDER BY r.region <> $region, y.year
