-- How judges' points were added up in other public calls.
-- grain: one row per rule_id
-- reads: raw.scoring_rules
SELECT
    rule_id,
    body,
    cast(year AS INTEGER) AS year,
    cast(judges AS BIGINT) AS judge_count,
    cast(drop_highest AS BIGINT) AS drop_highest_count,
    cast(drop_lowest AS BIGINT) AS drop_lowest_count,
    rounding,
    cast(pass_mark AS DECIMAL(24, 6)) AS pass_mark,
    tie_rule,
    string_split(source_ids, ';') AS source_ids,
    note
FROM raw.scoring_rules
