-- Which programmes have results in the record, and whose are they?
-- grain: one row per programme_id
-- reads: fct_grant
-- returns: programme_id VARCHAR
-- returns: ministry VARCHAR
-- returns: result_count BIGINT (results)
-- returns: first_year INTEGER
-- returns: last_year INTEGER
SELECT
    programme_id,
    ministry,
    count(*) AS result_count,
    min(year) AS first_year,
    max(year) AS last_year
FROM fct_grant
GROUP BY programme_id, ministry
ORDER BY ministry, first_year, programme_id
