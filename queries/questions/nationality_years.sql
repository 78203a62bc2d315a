-- How did each nationality among a region's foreign patients develop, as far as was published?
-- Years without a figure stay in, without value. A member of a group stands beside the group: the
-- rows are to be read, not to be added up.
-- grain: one row per nationality or group and year, from the region's first to its last year with any
-- reads: fct_figure
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code, KR for the country.
-- returns: nationality VARCHAR
-- returns: year INTEGER
-- returns: value DECIMAL (persons)
-- returns: of_peak_pct DOUBLE (per cent of the nationality's highest year)
-- returns: year_count BIGINT (years with a figure)
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
        AND region = $region
        AND period = 'annual'
        AND nationality IS NOT NULL
        AND department IS NULL
        AND institution_class IS NULL
        AND year IS NOT NULL
),

nation AS (
    SELECT
        nationality,
        max(value) AS peak_value,
        count(*) AS year_count
    FROM figure
    GROUP BY nationality
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
    n.nationality,
    y.year,
    f.value,
    100 * cast(f.value AS DOUBLE) / nullif(cast(n.peak_value AS DOUBLE), 0) AS of_peak_pct,
    n.year_count,
    coalesce(f.evidence, 'no data') AS evidence,
    coalesce(f.is_approximate, FALSE) AS is_approximate,
    coalesce(f.dissent_count, 0) AS dissent_count,
    coalesce(f.source_ids, []) AS source_ids
FROM nation AS n
CROSS JOIN calendar AS y
LEFT JOIN figure AS f ON n.nationality = f.nationality AND y.year = f.year
ORDER BY n.year_count DESC, n.peak_value DESC, n.nationality, y.year
