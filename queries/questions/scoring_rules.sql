-- How did other public calls add up judges' points?
-- Rules in print only: none of the ministry's cluster reviews published one.
-- grain: one row per rule_id
-- reads: dim_scoring_rule
-- returns: rule_id VARCHAR
-- returns: body VARCHAR
-- returns: year INTEGER
-- returns: judge_count BIGINT (judges)
-- returns: drop_highest_count BIGINT (judges)
-- returns: drop_lowest_count BIGINT (judges)
-- returns: rounding VARCHAR
-- returns: pass_mark DECIMAL (points)
-- returns: tie_rule VARCHAR
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
SELECT
    rule_id,
    body,
    year,
    judge_count,
    drop_highest_count,
    drop_lowest_count,
    rounding,
    pass_mark,
    tie_rule,
    note,
    source_ids
FROM dim_scoring_rule
ORDER BY year, rule_id
