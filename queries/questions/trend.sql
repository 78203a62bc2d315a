-- How did a metric of a region, and of up to two others, develop over all years of the record?
-- Years without a figure stay in, without value: a gap in the data is a gap in the line.
-- grain: one row per region and year, from the first to the last year with a figure of the metric anywhere
-- reads: fct_figure, dim_region
-- param: $metric VARCHAR in dim_metric.metric. Code of the metric.
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code, KR for the country.
-- param: $compare VARCHAR in dim_region.region = null. A second region; null: none.
-- param: $third VARCHAR in dim_region.region = null. A third region; null: none.
-- returns: region VARCHAR
-- returns: year INTEGER
-- returns: value DECIMAL (unit)
-- returns: unit VARCHAR
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: is_lower_bound BOOLEAN
-- returns: source_ids VARCHAR[]
WITH
figure AS (
    SELECT *
    FROM fct_figure
    WHERE
        metric = $metric
        AND is_annual_total(period, nationality, department, institution_class)
        AND year IS NOT NULL
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
)

SELECT
    r.region,
    y.year,
    f.value,
    f.unit,
    coalesce(f.evidence, 'no data') AS evidence,
    coalesce(f.is_approximate, FALSE) AS is_approximate,
    coalesce(f.dissent_count, 0) AS dissent_count,
    coalesce(f.is_lower_bound, FALSE) AS is_lower_bound,
    coalesce(f.source_ids, []) AS source_ids
FROM dim_region AS r
CROSS JOIN calendar AS y
LEFT JOIN figure AS f ON r.region = f.region AND y.year = f.year
WHERE r.region IN ($region, $compare, $third)
ORDER BY list_position([$region, $compare, $third], r.region), y.year
