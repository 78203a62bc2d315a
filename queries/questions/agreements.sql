-- Who agreed what with whom, when, at which event, and in which state is it?
-- An event may count its agreements too: the same fact once more, never to be added to these rows.
-- grain: one row per agreement_id
-- reads: fct_agreement, fct_institution_mention
-- param: $region VARCHAR in dim_region.region = null. Region whose side it is; null: all regions.
-- param: $year INTEGER = null. Year of its date, else of its event; null: all years, and agreements of unknown date.
-- param: $country VARCHAR in dim_country.country = null. Country of a party abroad, ISO 3166-1 alpha-2; null: all, and those within Korea.
-- param: $event_id VARCHAR in dim_event.event_id = null. Event at which it was made; null: all, and those without event.
-- param: $agreement_kind VARCHAR in fct_agreement.kind = null. Kind of agreement; null: all.
-- param: $agreement_state VARCHAR in fct_agreement.state = null. State in which it is; null: all.
-- param: $institution_id VARCHAR in dim_institution.institution_id = null. Institution that is a party by name; null: all.
-- param: $agreement_id VARCHAR in fct_agreement.agreement_id = null. One agreement; null: all.
-- returns: agreement_id VARCHAR
-- returns: regions VARCHAR[]
-- returns: agreement_kind VARCHAR
-- returns: parties VARCHAR[]
-- returns: other_parties VARCHAR[]
-- returns: countries VARCHAR[]
-- returns: subject VARCHAR
-- returns: subject_ko VARCHAR
-- returns: agreement_state VARCHAR
-- returns: signed_on VARCHAR
-- returns: date_precision VARCHAR
-- returns: is_date_inferred BOOLEAN
-- returns: year INTEGER
-- returns: event_id VARCHAR
-- returns: event_title VARCHAR
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
SELECT
    agreement_id,
    regions,
    kind AS agreement_kind,
    parties,
    other_parties,
    countries,
    subject_en AS subject,
    subject_ko,
    state AS agreement_state,
    signed_on,
    date_precision,
    is_date_inferred,
    year,
    event_id,
    event_title,
    note,
    source_ids
FROM fct_agreement
WHERE
    ($region IS NULL OR list_contains(regions, $region))
    AND ($year IS NULL OR year = $year)
    AND ($country IS NULL OR list_contains(countries, $country))
    AND ($event_id IS NULL OR event_id = $event_id)
    AND ($agreement_kind IS NULL OR kind = $agreement_kind)
    AND ($agreement_state IS NULL OR state = $agreement_state)
    AND ($agreement_id IS NULL OR agreement_id = $agreement_id)
    AND (
        $institution_id IS NULL
        OR agreement_id IN (
            SELECT m.thing_id
            FROM fct_institution_mention AS m
            WHERE m.mention_kind = 'agreement' AND m.institution_id = $institution_id
        )
    )
ORDER BY signed_on DESC NULLS LAST, year DESC NULLS LAST, agreement_id
