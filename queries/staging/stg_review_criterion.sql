-- Criteria of reviews, with points where they were published.
-- grain: one row per line of the file
-- reads: raw.review_criteria
SELECT
    line AS criterion_line,
    programme_id,
    cast(year AS INTEGER) AS year,
    stage,
    criterion_en,
    criterion_ko,
    cast(max_points AS DECIMAL(24, 6)) AS max_points,
    string_split(source_ids, ';') AS source_ids,
    note
FROM raw.review_criteria
