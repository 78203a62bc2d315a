-- What was given, discussed, proposed or visited at events, or said about them. What a ministry's
-- judges saw and praised belongs to the onsite review of that region and year. The institution is
-- the one named by id, else the one whose name is that of the stop or of who gives it.
-- grain: one row per thing of an event's programme
-- reads: stg_event_programme, fct_review_visit, dim_event, dim_institution, dim_institution_name
WITH item AS (
    SELECT * FROM stg_event_programme
    UNION ALL BY NAME
    SELECT
        e.event_id,
        v.kind AS programme_kind,
        v.item AS text,
        v.institution_id,
        v.seq,
        v.source_ids
    FROM fct_review_visit AS v
    INNER JOIN dim_event AS e
        ON v.region = e.owner_region AND v.year = e.year AND e.event_type = 'onsite_review'
)

SELECT
    p.event_id,
    p.programme_kind,
    p.text,
    p.text_ko,
    p.given_by,
    p.given_by_ko,
    p.day,
    p.seq,
    p.source_ids,
    p.note,
    i.institution_id,
    i.name_en AS institution,
    i.name_ko AS institution_ko,
    p.programme_kind IN ('stop', 'treatment') AS is_route
FROM item AS p
INNER JOIN dim_event AS e ON p.event_id = e.event_id
LEFT JOIN dim_institution AS d ON p.institution_id = d.institution_id
LEFT JOIN dim_institution_name AS n
    ON folded_name(if(p.programme_kind = 'stop', p.text, p.given_by)) = n.name
LEFT JOIN dim_institution AS i ON coalesce(d.institution_id, n.institution_id) = i.institution_id
