-- A metric has one unit, or its values could not be compared. Outcomes of events name theirs.
-- grain: one row per metric
-- reads: fct_figure
SELECT
    metric,
    list(DISTINCT unit) AS units
FROM fct_figure
GROUP BY metric
HAVING count(DISTINCT unit) > 1
