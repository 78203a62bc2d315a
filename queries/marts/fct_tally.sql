-- Counts and sums by region and year over what was settled; the weakest evidence of its items holds.
-- A sum is a lower bound where a part of it was announced and its amount never published: the parts
-- are in unpublished_ids. Joint grants are no part of the sum of either region.
-- Items that may not be added up, such as ranks in two programmes, give the value that all of them
-- share; where they differ there is no value, and each item stands for itself.
-- grain: one row per metric, region and year
-- reads: fct_tally_item, fct_claim, dim_event, fct_grant
WITH
item_source AS (
    SELECT
        i.metric,
        i.region,
        i.year,
        list_sort(list(DISTINCT coalesce(c.source_id, e.source_id))) AS source_ids
    FROM fct_tally_item AS i
    LEFT JOIN fct_claim AS c ON i.cell_id = c.cell_id AND c.agreement IN ('chosen', 'same')
    LEFT JOIN (
        SELECT
            d.event_id,
            s.source_id
        FROM dim_event AS d, unnest(d.source_ids) AS s (source_id)
    ) AS e ON i.item_id = e.event_id AND i.cell_id IS NULL
    GROUP BY ALL
),

unpublished AS (
    SELECT
        g.region,
        y.year,
        g.programme_id || '/' || y.year AS part_id
    FROM fct_grant AS g, unnest(g.unpublished_years) AS y (year)
    WHERE g.is_cluster_line AND g.outcome = 'selected' AND g.area IS NULL
),

total AS (
    SELECT
        metric,
        region,
        year,
        CASE
            WHEN bool_and(is_additive) THEN sum(value)
            WHEN min(value) = max(value) THEN min(value)
        END AS value,
        min(unit) AS unit,
        count(DISTINCT item_id) AS item_count,
        bool_or(is_approximate) AS is_approximate,
        sum(half_unit) AS half_unit,
        cast(sum(dissent_count) AS BIGINT) AS dissent_count,
        weakest_evidence(list(evidence)) AS evidence
    FROM fct_tally_item
    GROUP BY ALL
)

SELECT
    t.metric,
    t.region,
    t.year,
    t.value,
    t.unit,
    t.item_count,
    t.is_approximate,
    t.half_unit,
    t.dissent_count,
    t.evidence,
    s.source_ids,
    list_sort(list(u.part_id) FILTER (WHERE u.part_id IS NOT NULL)) AS unpublished_ids
FROM total AS t
INNER JOIN item_source AS s
    ON t.metric = s.metric AND t.region = s.region AND t.year = s.year
LEFT JOIN unpublished AS u
    ON
        t.region = u.region
        AND (
            (t.metric = 'cluster_grant_krw' AND t.year = u.year)
            OR (t.metric = 'cluster_grant_cumulative_krw' AND t.year >= u.year)
        )
GROUP BY ALL
