-- Institutions, offices and groups that took part in events.
-- grain: one row per line of the public record, or per participant_id of a city
-- reads: raw.event_participants
SELECT
    event_id,
    role AS participant_role,
    participant_en AS participant,
    participant_ko,
    institution_id,
    cast(day AS BIGINT) AS day,
    cast(seq AS BIGINT) AS seq,
    string_split(source_ids, ';') AS source_ids,
    note
FROM raw.event_participants
WHERE withdrawn IS NULL
