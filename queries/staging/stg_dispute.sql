-- Two statements that do not agree, and how to read them.
-- grain: one row per dispute_id
-- reads: raw.disputes
SELECT
    dispute_id,
    string_split(source_ids, ';') AS source_ids,
    subject,
    statement_a,
    statement_b,
    reading
FROM raw.disputes
