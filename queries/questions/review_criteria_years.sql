-- For which programmes and years are criteria of a review known, and for how many their points?
-- Calls that name only their stages have none.
-- grain: one row per programme_id and year
-- reads: dim_criterion
-- returns: programme_id VARCHAR
-- returns: year INTEGER
-- returns: criterion_count BIGINT (criteria)
-- returns: with_points BIGINT (criteria)
SELECT
    programme_id,
    year,
    count(*) AS criterion_count,
    count(max_points) AS with_points
FROM dim_criterion
WHERE criterion_en <> '(stages only)'
GROUP BY programme_id, year
ORDER BY year DESC, programme_id
