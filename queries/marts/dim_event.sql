-- Events; undated ones have no year. A held event is one of a project that took place: neither one
-- only announced or not known to have taken place, nor the ministry's own onsite review.
-- Of the public record, which says where its Korean titles come from, the title is the English one:
-- its catalogue of translations holds the Korean. Of others it is the Korean one where there is one.
-- grain: one row per event_id
-- reads: stg_event, stg_source_role
WITH coordinate_source AS (
    SELECT list(source_id) AS ids
    FROM stg_source_role
    WHERE role = 'coordinates_only'
)

SELECT
    t.* EXCLUDE (source_ids),
    if(t.title_ko_origin IS NULL, coalesce(t.title_ko, t.title_en), t.title_en) AS title,
    t.status = 'held' AND t.event_type <> 'onsite_review' AS is_held,
    list_filter(t.source_ids, LAMBDA s: NOT list_contains(c.ids, s)) AS source_ids,
    list_filter(t.source_ids, LAMBDA s: list_contains(c.ids, s)) AS coordinate_source_ids
FROM stg_event AS t
CROSS JOIN coordinate_source AS c
