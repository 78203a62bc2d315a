-- Overseas promotion centres that the record can name.
-- grain: one row per centre_id
-- reads: stg_centre, stg_source_role
WITH coordinate_source AS (
    SELECT list(source_id) AS ids
    FROM stg_source_role
    WHERE role = 'coordinates_only'
)

SELECT
    t.* EXCLUDE (source_ids),
    list_filter(t.source_ids, LAMBDA s: NOT list_contains(c.ids, s)) AS source_ids,
    list_filter(t.source_ids, LAMBDA s: list_contains(c.ids, s)) AS coordinate_source_ids
FROM stg_centre AS t
CROSS JOIN coordinate_source AS c
