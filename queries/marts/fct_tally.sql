-- Counts and sums by region and year over what was settled; the weakest evidence of its items holds.
-- grain: one row per metric, region and year
-- reads: fct_tally_item, fct_claim, dim_event
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

total AS (
    SELECT
        metric,
        region,
        year,
        sum(value) AS value,
        min(unit) AS unit,
        count(DISTINCT item_id) AS item_count,
        bool_or(is_approximate) AS is_approximate,
        max(
            CASE evidence
                WHEN 'counted' THEN 0
                WHEN 'settled' THEN 1
                WHEN 'single source' THEN 2
                WHEN 'provisional' THEN 3
                WHEN 'approximate' THEN 4
                ELSE 5
            END
        ) AS evidence_order
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
    list_extract(
        ['counted', 'settled', 'single source', 'provisional', 'approximate', 'contested'],
        t.evidence_order + 1
    ) AS evidence,
    s.source_ids
FROM total AS t
INNER JOIN item_source AS s
    ON t.metric = s.metric AND t.region = s.region AND t.year = s.year
