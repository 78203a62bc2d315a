-- Rules of adding up judges' points in other public calls.
-- grain: one row per rule_id
-- reads: stg_scoring_rule
FROM stg_scoring_rule
