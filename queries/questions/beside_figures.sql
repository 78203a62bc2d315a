-- Of which figures is more to be asked: a target, or what regions have as a group?
-- Each row names the question that then has something to say.
-- grain: one row per question, metric, region and year
-- reads: fct_figure
-- returns: question VARCHAR
-- returns: metric VARCHAR
-- returns: region VARCHAR
-- returns: year INTEGER
WITH annual AS (
    SELECT
        metric,
        region,
        year
    FROM fct_figure
    WHERE is_annual_total(period, nationality, department, institution_class)
)

SELECT
    'target' AS question,
    CASE metric
        WHEN 'target_patients' THEN 'foreign_patients'
        ELSE replace(metric, 'target_', '')
    END AS metric,
    region,
    year
FROM annual
WHERE starts_with(metric, 'target_')
UNION
SELECT
    'shared_figures' AS question,
    metric,
    unnest(string_split(region, ';')) AS region,
    year
FROM annual
WHERE contains(region, ';')
ORDER BY question, metric, region, year
