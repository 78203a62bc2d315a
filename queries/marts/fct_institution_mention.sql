-- Where the record names an institution: at events, in agreements, as operator of centres.
-- Parties and operators are names as printed. One is the institution whose name it is, or with whose
-- name it begins before a bracket or a comma; any other is left unknown.
-- grain: one row per institution_id, mention_kind and thing_id
-- reads: fct_event_participant, fct_event_programme, dim_event, fct_agreement, dim_centre, dim_institution, dim_institution_name
WITH printed_name AS (
    SELECT
        'agreement' AS mention_kind,
        agreement_id AS thing_id,
        regions,
        unnest(list_concat(parties, other_parties)) AS name
    FROM fct_agreement
    UNION ALL BY NAME
    SELECT
        'centre' AS mention_kind,
        centre_id AS thing_id,
        [owner_region] AS regions,
        unnest(string_split(operator, ';')) AS name
    FROM dim_centre
),

whole_name AS (
    SELECT
        mention_kind,
        thing_id,
        regions,
        folded_name(
            replace(regexp_replace(trim(name), '( [(]|, ).*$', ''), 'Univ.', 'University')
        ) AS name
    FROM printed_name
),

taking_part AS (
    SELECT
        institution_id,
        event_id
    FROM fct_event_participant
    UNION
    SELECT
        institution_id,
        event_id
    FROM fct_event_programme
),

mention AS (
    SELECT
        n.institution_id,
        w.mention_kind,
        w.thing_id,
        w.regions
    FROM whole_name AS w
    INNER JOIN dim_institution_name AS n ON w.name = n.name
    UNION
    SELECT
        t.institution_id,
        'event' AS mention_kind,
        t.event_id AS thing_id,
        [e.owner_region] AS regions
    FROM taking_part AS t
    INNER JOIN dim_event AS e ON t.event_id = e.event_id
    WHERE t.institution_id IS NOT NULL
    UNION
    SELECT
        i.institution_id,
        'source' AS mention_kind,
        e.event_id AS thing_id,
        [e.owner_region] AS regions
    FROM dim_institution AS i, dim_event AS e
    WHERE
        list_has_any(i.source_ids, e.source_ids)
        AND NOT EXISTS (
            SELECT 1
            FROM taking_part AS t
            WHERE t.institution_id = i.institution_id AND t.event_id = e.event_id
        )
)

SELECT
    institution_id,
    mention_kind,
    thing_id,
    regions
FROM mention
