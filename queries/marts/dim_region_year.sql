-- The regions that Korea had in each year of its patients: Sejong since July 2012.
-- The count began with the registration of hospitals in 2009; what is printed of 2008 is no
-- figure of it.
-- grain: one row per region and year
-- reads: dim_region, fct_claim
SELECT
    r.region,
    y.year
FROM dim_region AS r,
    (
        SELECT DISTINCT c.year
        FROM fct_claim AS c
        WHERE c.metric = 'foreign_patients' AND c.year >= 2009
    ) AS y
WHERE NOT r.is_nation AND (r.region <> 'KR-50' OR y.year >= 2012)
