-- Agreements with the year in which they belong: that of their date, else that of their event.
-- An event may count its agreements too (`mous`): that is the same fact once more, so that the two
-- are never added, and agreements are counted nowhere.
-- grain: one row per agreement_id
-- reads: stg_agreement, dim_event
SELECT
    a.agreement_id,
    a.regions,
    a.event_id,
    e.title AS event_title,
    a.kind,
    list_transform(a.parties, LAMBDA p: trim(p)) AS parties,
    list_transform(coalesce(a.other_parties, []), LAMBDA p: trim(p)) AS other_parties,
    coalesce(a.countries, []) AS countries,
    a.subject_en,
    a.subject_ko,
    a.signed_on,
    a.date_precision,
    coalesce(a.signed_year, e.year) AS year,
    a.is_date_inferred,
    a.state,
    a.source_ids,
    a.note
FROM stg_agreement AS a
LEFT JOIN dim_event AS e ON a.event_id = e.event_id
