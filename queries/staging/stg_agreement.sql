-- What two sides agreed, promised or proposed, at an event or without one.
-- grain: one row per agreement_id
-- reads: raw.agreements
SELECT
    agreement_id,
    string_split(region, ';') AS regions,
    event_id,
    kind,
    string_split(party_a, ';') AS parties,
    string_split(party_b, ';') AS other_parties,
    string_split(country, ';') AS countries,
    subject_en,
    subject_ko,
    signed_on,
    date_precision,
    cast(nullif(left(signed_on, 4), '') AS INTEGER) AS signed_year,
    coalesce(cast(date_inferred AS BOOLEAN), FALSE) AS is_date_inferred,
    state,
    string_split(source_ids, ';') AS source_ids,
    note
FROM raw.agreements
WHERE withdrawn IS NULL
