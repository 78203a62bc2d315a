-- The figure of every cell that has one: settled claims, and the tallies of region and year.
-- A tally is a lower bound where parts of it were never published; they are in unpublished_ids.
-- A rounded figure may be off by half_unit.
-- grain: one row per metric, region, year, period, nationality, department and institution_class
-- reads: fct_claim, fct_tally
WITH settled AS (
    SELECT
        metric,
        region,
        year,
        period,
        nationality,
        department,
        institution_class,
        value,
        unit,
        evidence,
        is_approximate,
        if(is_approximate, resolution / 2, 0) AS half_unit,
        printed_by,
        claim_count,
        dissent_count,
        cell_id,
        1 AS item_count,
        FALSE AS is_tally,
        cast([] AS VARCHAR[]) AS unpublished_ids,
        FALSE AS is_lower_bound
    FROM fct_claim
    WHERE is_settled AND event_id IS NULL AND programme_id IS NULL AND area IS NULL
),

cell_source AS (
    SELECT
        cell_id,
        list_sort(list(DISTINCT source_id)) AS source_ids
    FROM fct_claim
    WHERE agreement IN ('chosen', 'same')
    GROUP BY cell_id
)

SELECT
    s.*,
    c.source_ids
FROM settled AS s
INNER JOIN cell_source AS c ON s.cell_id = c.cell_id
UNION ALL BY NAME
SELECT
    t.metric,
    t.region,
    t.year,
    'annual' AS period,
    NULL AS nationality,
    NULL AS department,
    NULL AS institution_class,
    t.value,
    t.unit,
    t.evidence,
    t.is_approximate,
    t.half_unit,
    NULL AS printed_by,
    t.item_count AS claim_count,
    t.dissent_count,
    NULL AS cell_id,
    t.item_count,
    TRUE AS is_tally,
    t.source_ids,
    coalesce(t.unpublished_ids, []) AS unpublished_ids,
    len(coalesce(t.unpublished_ids, [])) > 0 AS is_lower_bound
FROM fct_tally AS t
WHERE t.value IS NOT NULL
