-- For which regions and years does the record have a figure, and how well is it supported?
-- grain: one row per region and year, from the first to the last year with a claim
-- reads: dim_region, fct_claim, fct_figure
-- param: $metric VARCHAR in dim_metric.metric = 'foreign_patients'. Code of the metric.
-- returns: region VARCHAR
-- returns: year INTEGER
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: value DECIMAL (unit)
-- returns: unit VARCHAR
-- returns: is_lower_bound BOOLEAN
-- returns: claim_count BIGINT (claims)
-- returns: left_out_count BIGINT (claims)
WITH
claim AS (
    SELECT
        region,
        year,
        count(*) AS claim_count,
        count(*) FILTER (WHERE agreement = 'left out') AS left_out_count
    FROM fct_claim
    WHERE
        metric = $metric
        AND is_annual_total(period, nationality, department, institution_class)
        AND year IS NOT NULL
    GROUP BY region, year
),

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
    FROM (
        SELECT year FROM claim
        UNION ALL
        SELECT year FROM figure
    )
),

calendar AS (
    SELECT cast(unnest(range(first_year, last_year + 1)) AS INTEGER) AS year
    FROM span
)

SELECT
    r.region,
    y.year,
    coalesce(f.evidence, 'no data') AS evidence,
    coalesce(f.is_approximate, FALSE) AS is_approximate,
    coalesce(f.dissent_count, 0) AS dissent_count,
    f.value,
    f.unit,
    coalesce(f.is_lower_bound, FALSE) AS is_lower_bound,
    coalesce(c.claim_count, f.claim_count, 0) AS claim_count,
    coalesce(c.left_out_count, 0) AS left_out_count
FROM dim_region AS r
CROSS JOIN calendar AS y
LEFT JOIN figure AS f ON r.region = f.region AND y.year = f.year
LEFT JOIN claim AS c ON r.region = c.region AND y.year = c.year
ORDER BY r.region, y.year
