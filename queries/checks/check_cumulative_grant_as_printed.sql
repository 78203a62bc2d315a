-- The grants added up agree with the cumulative grants that sources print.
-- grain: one row per region and year that disagree
-- reads: fct_figure
SELECT
    p.region,
    p.year,
    p.value AS printed_krw,
    t.value AS added_krw
FROM fct_figure AS p
INNER JOIN fct_figure AS t
    ON
        p.region = t.region
        AND p.year = t.year
        AND t.metric = 'cluster_grant_cumulative_krw'
        AND t.is_tally
WHERE
    p.metric = 'cluster_grant_cumulative_krw'
    AND NOT p.is_tally
    AND p.value <> t.value
