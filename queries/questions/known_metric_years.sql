-- In which years has a region a value of what a page shows of a region and year?
-- Each row names the question that then has a value, and the metric of which it is asked.
-- grain: one row per question, metric and year with a value
-- reads: fct_figure, fct_rank
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code, KR for the country.
-- returns: question VARCHAR
-- returns: metric VARCHAR
-- returns: year INTEGER
WITH
annual AS (
    SELECT
        metric,
        region,
        year,
        value
    FROM fct_figure
    WHERE
        region IN ($region, 'KR')
        AND is_annual_total(period, nationality, department, institution_class)
        AND year IS NOT NULL
),

own AS (
    SELECT * FROM annual WHERE region = $region
)

SELECT
    'figure' AS question,
    metric,
    year
FROM own
UNION
SELECT
    'share' AS question,
    k.metric,
    k.year
FROM annual AS k
LEFT JOIN own AS r ON k.metric = r.metric AND k.year = r.year AND k.value >= r.value AND k.value > 0
LEFT JOIN own AS p
    ON k.metric = 'foreign_patients' AND p.metric = 'share_pct' AND k.year = p.year
WHERE k.region = 'KR' AND $region <> 'KR' AND coalesce(r.value, p.value) IS NOT NULL
UNION
SELECT
    'ranking' AS question,
    metric,
    year
FROM fct_rank
WHERE region = $region
UNION
SELECT
    'target' AS question,
    f.metric,
    f.year
FROM own AS f
INNER JOIN own AS t
    ON
        f.year = t.year
        AND t.value <> 0
        AND f.metric = 'foreign_patients'
        AND t.metric = 'target_patients'
UNION
SELECT
    'grant_per_patient' AS question,
    f.metric,
    f.year
FROM own AS f
INNER JOIN own AS g ON f.year = g.year AND g.metric = 'cluster_grant_krw'
WHERE f.metric = 'foreign_patients' AND f.value <> 0
UNION
SELECT
    'nationality_count' AS question,
    metric,
    year
FROM fct_figure
WHERE
    metric = 'foreign_patients'
    AND region = $region
    AND period = 'annual'
    AND nationality IS NOT NULL
    AND NOT contains(nationality, ';')
    AND department IS NULL
    AND institution_class IS NULL
ORDER BY question, metric, year
