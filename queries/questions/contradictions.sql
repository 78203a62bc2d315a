-- Which printed statements about foreign patients cannot be true beside weightier ones?
-- Growth, share and rank are sometimes printed on another base, or misprinted. Such a statement takes no
-- part in any bound; it stands here with each of those that it contradicts, for a reader to judge.
-- Its value is persons of a figure, total or upper limit, per cent of a share or growth, or a place.
-- grain: one row per statement left out and statement that it contradicts
-- reads: fct_contradiction
-- param: $year INTEGER = null. Calendar year; null: all years.
-- returns: claim_id VARCHAR
-- returns: kind VARCHAR
-- returns: year INTEGER
-- returns: region VARCHAR
-- returns: value DECIMAL
-- returns: against_claim_id VARCHAR
-- returns: against_kind VARCHAR
-- returns: against_year INTEGER
-- returns: against_region VARCHAR
-- returns: against_value DECIMAL
-- returns: source_ids VARCHAR[]
SELECT
    claim_id,
    kind,
    year,
    region,
    value,
    against_claim_id,
    against_kind,
    against_year,
    against_region,
    against_value,
    list_sort(list_distinct(list_concat(source_ids, against_source_ids))) AS source_ids
FROM fct_contradiction
WHERE year = coalesce($year, year)
ORDER BY year, claim_id, against_year, against_kind, against_region
