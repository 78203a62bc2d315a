-- No region has more foreign patients than Korea.
-- grain: one row per region and year
-- reads: fct_figure
SELECT
    r.region,
    r.year,
    r.value AS region_value,
    k.value AS korea_value
FROM fct_figure AS r
INNER JOIN fct_figure AS k
    ON
        r.metric = k.metric
        AND r.year = k.year
        AND r.period = k.period
        AND k.region = 'KR'
        AND r.nationality IS NOT DISTINCT FROM k.nationality
        AND r.department IS NOT DISTINCT FROM k.department
        AND r.institution_class IS NOT DISTINCT FROM k.institution_class
WHERE r.metric = 'foreign_patients' AND r.region <> 'KR' AND r.value > k.value
