-- What was given, discussed, proposed or visited at events, or said about them.
-- grain: one row per line of the public record, or per programme_item_id of a city
-- reads: raw.event_programme
SELECT
    event_id,
    kind AS programme_kind,
    text_en AS text,
    text_ko,
    given_by_en AS given_by,
    given_by_ko,
    institution_id,
    cast(day AS BIGINT) AS day,
    cast(seq AS BIGINT) AS seq,
    string_split(source_ids, ';') AS source_ids,
    note
FROM raw.event_programme
WHERE withdrawn IS NULL
