-- Who took part in events. Beside those named as such, who gives a lecture of the programme is a
-- speaker, and what lies on its route is visited. The institution is the one named by id, else the
-- one that has the name.
-- grain: one row per event_id, participant, participant_role and day
-- reads: stg_event_participant, fct_event_programme, dim_event, dim_institution, dim_institution_name
WITH participant AS (
    SELECT * FROM stg_event_participant
    UNION ALL BY NAME
    SELECT
        event_id,
        if(is_route, 'visited', 'speaker') AS participant_role,
        if(is_route, coalesce(institution, text), coalesce(given_by, institution)) AS participant,
        if(is_route, coalesce(institution_ko, text_ko), given_by_ko) AS participant_ko,
        institution_id,
        day,
        min(seq) AS seq,
        list_sort(list_distinct(flatten(list(source_ids)))) AS source_ids
    FROM fct_event_programme
    WHERE is_route OR programme_kind = 'lecture'
    GROUP BY ALL
)

SELECT
    p.event_id,
    p.participant_role,
    coalesce(p.participant, i.name_en, i.name_ko) AS participant,
    if(p.participant IS NULL, i.name_ko, p.participant_ko) AS participant_ko,
    i.institution_id,
    i.kind AS institution_kind,
    i.city,
    i.country,
    p.day,
    p.seq,
    p.source_ids,
    p.note
FROM participant AS p
INNER JOIN dim_event AS e ON p.event_id = e.event_id
LEFT JOIN dim_institution AS d ON p.institution_id = d.institution_id
LEFT JOIN dim_institution_name AS n ON folded_name(p.participant) = n.name
LEFT JOIN dim_institution AS i ON coalesce(d.institution_id, n.institution_id) = i.institution_id
WHERE coalesce(p.participant, i.name_en, i.name_ko) IS NOT NULL
