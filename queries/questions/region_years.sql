-- For which years does the record say anything about a region, and for which has it patient figures?
-- `metric_count` is how many metrics have a figure of the whole year and of all patients.
-- grain: one row per year from the first claim of the record to the last, newest first
-- reads: fct_figure, fct_claim, dim_event, fct_grant
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code, KR for the country.
-- returns: year INTEGER
-- returns: has_patients BOOLEAN
-- returns: figure_count BIGINT (figures)
-- returns: metric_count BIGINT (metrics)
-- returns: event_count BIGINT (events)
-- returns: held_count BIGINT (events held)
-- returns: award_count BIGINT (awards)
WITH
span AS (
    SELECT
        min(year) AS first_year,
        max(year) AS last_year
    FROM fct_claim
    WHERE metric = 'foreign_patients' OR programme_id IS NOT NULL OR event_id IS NOT NULL
),

figure AS (
    SELECT
        year,
        count(*) AS figure_count,
        count(DISTINCT metric) FILTER (
            WHERE is_annual_total(period, nationality, department, institution_class)
        ) AS metric_count,
        bool_or(
            metric = 'foreign_patients'
            AND is_annual_total(period, nationality, department, institution_class)
        ) AS has_patients
    FROM fct_figure
    WHERE region = $region
    GROUP BY year
),

event AS (
    SELECT
        year,
        count(*) AS event_count,
        count(*) FILTER (WHERE is_held) AS held_count
    FROM dim_event
    WHERE owner_region = $region
    GROUP BY year
),

award AS (
    SELECT
        year,
        count(*) AS award_count
    FROM fct_grant
    WHERE list_contains(regions, $region)
    GROUP BY year
),

calendar AS (
    SELECT cast(unnest(range(first_year, last_year + 1)) AS INTEGER) AS year
    FROM span
)

SELECT
    y.year,
    coalesce(f.has_patients, FALSE) AS has_patients,
    coalesce(f.figure_count, 0) AS figure_count,
    coalesce(f.metric_count, 0) AS metric_count,
    coalesce(e.event_count, 0) AS event_count,
    coalesce(e.held_count, 0) AS held_count,
    coalesce(a.award_count, 0) AS award_count
FROM calendar AS y
LEFT JOIN figure AS f ON y.year = f.year
LEFT JOIN event AS e ON y.year = e.year
LEFT JOIN award AS a ON y.year = a.year
ORDER BY y.year DESC
