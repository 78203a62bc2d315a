-- Which printed statements prove between what a region's foreign patients and its rank lie?
-- Those that bind: with any of them gone the range could be wider. Where the order of regions is
-- open, all printed ranks of the year have their say. Each is said as an interval of what it says,
-- persons of a figure, total or upper limit, per cent of a share or growth, places of a rank; beside
-- it the arithmetic of the year: the sum of the regions with an exact figure, how many others there are,
-- what those have at most together, and the range of the region itself.
-- grain: one row per statement
-- reads: fct_bound, fct_bound_statement, fct_contradiction
-- param: $region VARCHAR in fct_bound.region. ISO 3166-2:KR code.
-- param: $year INTEGER. Calendar year.
-- returns: kind VARCHAR
-- returns: region VARCHAR
-- returns: year INTEGER
-- returns: value DECIMAL
-- returns: statement_low DOUBLE
-- returns: statement_high DOUBLE
-- returns: is_for_low BOOLEAN
-- returns: is_for_high BOOLEAN
-- returns: is_for_rank BOOLEAN
-- returns: low BIGINT (persons)
-- returns: high BIGINT (persons)
-- returns: known_region_count BIGINT (regions)
-- returns: known_sum BIGINT (persons)
-- returns: other_region_count BIGINT (regions)
-- returns: remainder BIGINT (persons)
-- returns: claim_id VARCHAR
-- returns: source_ids VARCHAR[]
WITH
printed_rank AS (
    SELECT
        year,
        list(statement_id) AS statement_ids
    FROM fct_bound_statement
    WHERE kind = 'rank' AND statement_id NOT IN (SELECT c.claim_id FROM fct_contradiction AS c)
    GROUP BY year
),

mine AS (
    SELECT
        b.*,
        list_concat(
            b.low_statement_ids,
            coalesce(n.high_statement_ids, []),
            if(
                b.undecided_count > 0,
                list_append(coalesce(p.statement_ids, []), b.total_statement_id),
                []
            )
        ) AS rank_statement_ids
    FROM fct_bound AS b
    LEFT JOIN fct_bound AS n ON b.next_region = n.region AND b.year = n.year
    LEFT JOIN printed_rank AS p ON b.year = p.year
    WHERE b.region = $region AND b.year = $year
)

SELECT
    s.kind,
    s.region,
    s.year,
    s.value,
    s.low AS statement_low,
    s.high AS statement_high,
    list_contains(m.low_statement_ids, s.statement_id) AS is_for_low,
    list_contains(m.high_statement_ids, s.statement_id) AS is_for_high,
    list_contains(m.rank_statement_ids, s.statement_id) AS is_for_rank,
    m.low,
    m.high,
    m.known_region_count,
    m.known_sum,
    m.other_region_count,
    m.remainder,
    s.statement_id AS claim_id,
    s.source_ids
FROM mine AS m
INNER JOIN fct_bound_statement AS s
    ON
        list_contains(m.low_statement_ids, s.statement_id)
        OR list_contains(m.high_statement_ids, s.statement_id)
        OR list_contains(m.rank_statement_ids, s.statement_id)
ORDER BY s.statement_order
