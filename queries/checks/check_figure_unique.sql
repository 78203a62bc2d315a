-- A cell has one figure.
-- grain: one row per cell that has two
-- reads: fct_figure
SELECT
    metric,
    region,
    year,
    period,
    nationality,
    department,
    institution_class,
    count(*) AS figure_count
FROM fct_figure
GROUP BY ALL
HAVING count(*) > 1
