-- Where the record names an institution: at events, in agreements, as operator of centres.
-- Operators are names as printed: one is the institution whose name stands before a bracket or a
-- comma; any other is left unknown.
-- grain: one row per institution_id, mention_kind and thing_id
-- reads: fct_event_participant, fct_event_programme, dim_event, fct_agreement, fct_agreement_party, dim_centre, dim_institution, dim_institution_name
WITH operator AS (
    SELECT
        centre_id,
        owner_region,
        folded_name(name_before_remark(unnest(string_split(operator, ';')))) AS name
    FROM dim_centre
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
        p.institution_id,
        'agreement' AS mention_kind,
        p.agreement_id AS thing_id,
        a.regions
    FROM fct_agreement_party AS p
    INNER JOIN fct_agreement AS a ON p.agreement_id = a.agreement_id
    WHERE p.institution_id IS NOT NULL
    UNION
    SELECT
        n.institution_id,
        'centre' AS mention_kind,
        o.centre_id AS thing_id,
        [o.owner_region] AS regions
    FROM operator AS o
    INNER JOIN dim_institution_name AS n ON o.name = n.name
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
