-- Of which countries but Korea does the record say anything, and which may be of the nine of end 2018?
-- grain: one row per country
-- reads: dim_country, dim_centre_country
-- returns: country VARCHAR
-- returns: has_patients BOOLEAN
-- returns: confidence VARCHAR
SELECT
    c.country,
    c.has_patients,
    n.confidence
FROM dim_country AS c
LEFT JOIN dim_centre_country AS n ON c.country = n.country
WHERE c.country <> 'KR'
ORDER BY c.country
