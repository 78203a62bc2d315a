-- Between what the foreign patients of a region and its rank among all must lie, whatever the
-- figures are that nobody prints. A region that no printed figure stands for is derived: a range,
-- never a figure, and never summed.
-- What is known of the whole year stands beside it: regions with an exact figure and their sum,
-- how many others there are, and what they have at most together.
-- grain: one row per metric, region and year
-- reads: solved.bound, solved.contradiction, fct_bound_statement, fct_figure
WITH
bound AS (
    SELECT
        b.*,
        f.evidence,
        f.is_approximate,
        f.dissent_count,
        f.region IS NOT NULL AND b.low = b.high AS is_known
    FROM solved.bound AS b
    LEFT JOIN fct_figure AS f
        ON
            b.region = f.region
            AND b.year = f.year
            AND f.metric = 'foreign_patients'
            AND is_annual_total(f.period, f.nationality, f.department, f.institution_class)
),

year_total AS (
    SELECT
        b.year,
        any_value(t.statement_id) AS total_statement_id,
        any_value(cast(t.high AS BIGINT)) AS total,
        count(*) FILTER (WHERE b.is_known) AS known_region_count,
        cast(sum(b.low) FILTER (WHERE b.is_known) AS BIGINT) AS known_sum
    FROM bound AS b
    LEFT JOIN fct_bound_statement AS t
        ON
            b.year = t.year
            AND t.kind = 'total'
            AND t.statement_id NOT IN (SELECT c.statement_id FROM solved.contradiction AS c)
    GROUP BY b.year
),

beside AS (
    SELECT
        b.region,
        b.year,
        count(*) FILTER (WHERE o.low > b.high) AS above_count,
        count(*) FILTER (
            WHERE o.low <= coalesce(b.high, o.low) AND coalesce(o.high > b.low, TRUE)
        ) AS undecided_count,
        arg_max(o.region, coalesce(o.high, 1000000000)) FILTER (
            WHERE coalesce(o.low <= b.high, TRUE)
        ) AS next_region,
        max(coalesce(o.high, 1000000000)) FILTER (
            WHERE coalesce(o.low <= b.high, TRUE)
        ) AS next_high
    FROM bound AS b
    INNER JOIN bound AS o ON b.year = o.year AND b.region <> o.region
    GROUP BY b.region, b.year
),

statement_source AS (
    SELECT
        b.region,
        b.year,
        list_sort(list_distinct(flatten(list(s.claim_ids)))) AS claim_ids,
        list_sort(list_distinct(flatten(list(s.source_ids)))) AS source_ids
    FROM (
        SELECT
            region,
            year,
            unnest(list_concat(low_statement_ids, high_statement_ids)) AS statement_id
        FROM solved.bound
    ) AS b
    INNER JOIN fct_bound_statement AS s ON b.statement_id = s.statement_id
    GROUP BY b.region, b.year
)

SELECT
    'foreign_patients' AS metric,
    b.region,
    b.year,
    b.low,
    b.high,
    coalesce(b.evidence, 'derived') AS evidence,
    coalesce(b.is_approximate, FALSE) AS is_approximate,
    coalesce(b.dissent_count, 0) AS dissent_count,
    b.rank_best,
    b.rank_worst,
    b.rank_best = b.rank_worst AS is_rank_certain,
    b.region_count,
    coalesce(n.above_count, 0) AS above_count,
    coalesce(n.undecided_count, 0) AS undecided_count,
    n.next_region,
    if(n.next_high < 1000000000, n.next_high, NULL) AS next_high,
    b.is_known,
    y.known_region_count,
    y.known_sum,
    b.region_count - y.known_region_count AS other_region_count,
    y.total,
    y.total - y.known_sum AS remainder,
    y.total_statement_id,
    b.low_statement_ids,
    b.high_statement_ids,
    coalesce(s.claim_ids, []) AS claim_ids,
    coalesce(s.source_ids, []) AS source_ids
FROM bound AS b
INNER JOIN year_total AS y ON b.year = y.year
LEFT JOIN beside AS n ON b.region = n.region AND b.year = n.year
LEFT JOIN statement_source AS s ON b.region = s.region AND b.year = s.year
