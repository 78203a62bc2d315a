-- Of which years does the record say anything, of any region?
-- grain: one row per year
-- reads: fct_claim, dim_event, fct_award, fct_agreement, fct_funding_line, fct_centre_year
-- returns: year INTEGER
SELECT DISTINCT year
FROM (
    SELECT year FROM fct_claim
    UNION ALL
    SELECT year FROM dim_event
    UNION ALL
    SELECT year FROM fct_award
    UNION ALL
    SELECT year FROM fct_agreement
    UNION ALL
    SELECT year FROM fct_funding_line
    UNION ALL
    SELECT year FROM fct_centre_year
) AS known
WHERE year IS NOT NULL
ORDER BY year
