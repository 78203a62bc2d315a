-- Results of regions in a programme and year, as announced or reported.
-- grain: one row per award_id
-- reads: raw.awards
SELECT
    award_id,
    programme_id,
    cast(year AS INTEGER) AS year,
    cast(year_end AS INTEGER) AS year_end,
    region,
    area,
    outcome,
    cast(rank AS BIGINT) AS rank,
    cast(grant_krw AS DECIMAL(24, 6)) AS grant_krw,
    cast(matched_krw AS DECIMAL(24, 6)) AS matched_krw,
    cast(applicants AS BIGINT) AS applicant_count,
    cast(judges AS BIGINT) AS judge_count,
    string_split(source_ids, ';') AS source_ids,
    note,
    batch_id
FROM raw.awards
