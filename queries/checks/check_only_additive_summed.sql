-- Only what may be summed is summed: every tally says whether it may and has one unit, and the value
-- of one that may not is that of each of its items.
-- grain: one row per metric, region and year
-- reads: fct_tally, fct_tally_item
SELECT
    t.metric,
    t.region,
    t.year,
    t.value,
    list(i.value ORDER BY i.item_id) AS item_values
FROM fct_tally AS t
INNER JOIN fct_tally_item AS i
    ON t.metric = i.metric AND t.region = i.region AND t.year = i.year
GROUP BY t.metric, t.region, t.year, t.value
HAVING
    bool_or(i.is_additive IS NULL)
    OR count(DISTINCT i.unit) > 1
    OR bool_or(i.is_additive AND i.unit IN ('rank', 'pct', 'krw_per_person'))
    OR bool_or(NOT i.is_additive AND t.value <> i.value)
