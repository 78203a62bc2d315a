-- Which institutions does the record name, and at how many events, agreements and centres?
-- Counts are of what can be told by name; nothing more is known of an institution that has none.
-- grain: one row per institution_id
-- reads: dim_institution, fct_institution_mention
-- param: $region VARCHAR in dim_region.region = null. Region in which it is, or whose events, agreements or centres name it; null: all.
-- param: $institution_id VARCHAR in dim_institution.institution_id = null. One institution; null: all.
-- returns: institution_id VARCHAR
-- returns: institution VARCHAR
-- returns: institution_ko VARCHAR
-- returns: other_names VARCHAR[]
-- returns: institution_kind VARCHAR
-- returns: city VARCHAR
-- returns: country VARCHAR
-- returns: region VARCHAR
-- returns: named_event_count BIGINT (events)
-- returns: named_agreement_count BIGINT (agreements)
-- returns: named_centre_count BIGINT (centres)
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
WITH mentioned AS (
    SELECT
        institution_id,
        count(*) FILTER (WHERE mention_kind = 'event') AS named_event_count,
        count(*) FILTER (WHERE mention_kind = 'agreement') AS named_agreement_count,
        count(*) FILTER (WHERE mention_kind = 'centre') AS named_centre_count,
        list_distinct(flatten(list(regions))) AS regions
    FROM fct_institution_mention
    GROUP BY institution_id
)

SELECT
    i.institution_id,
    coalesce(i.name_en, i.name_ko) AS institution,
    i.name_ko AS institution_ko,
    i.other_names,
    i.kind AS institution_kind,
    i.city,
    i.country,
    i.region,
    coalesce(m.named_event_count, 0) AS named_event_count,
    coalesce(m.named_agreement_count, 0) AS named_agreement_count,
    coalesce(m.named_centre_count, 0) AS named_centre_count,
    i.note,
    i.source_ids
FROM dim_institution AS i
LEFT JOIN mentioned AS m ON i.institution_id = m.institution_id
WHERE
    ($institution_id IS NULL OR i.institution_id = $institution_id)
    AND ($region IS NULL OR i.region = $region OR list_contains(m.regions, $region))
ORDER BY
    named_event_count + named_agreement_count + named_centre_count DESC,
    institution,
    i.institution_id
