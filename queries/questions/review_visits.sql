-- What did the judges of a review see and praise, and what did the region plan?
-- grain: one row per kind and seq
-- reads: fct_review_visit
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code.
-- param: $year INTEGER. Year of the review.
-- returns: kind VARCHAR
-- returns: seq BIGINT
-- returns: item VARCHAR
-- returns: value DECIMAL (count or edition)
-- returns: source_ids VARCHAR[]
SELECT
    kind,
    seq,
    item,
    value,
    source_ids
FROM fct_review_visit
WHERE region = $region AND year = $year
ORDER BY list_position(['stop', 'achievement', 'merit', 'plan'], kind), seq
