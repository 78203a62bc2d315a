-- Candidates for the nine countries with a centre at the end of 2018.
-- grain: one row per country
-- reads: raw.centre_countries
SELECT
    country,
    confidence,
    string_split(source_ids, ';') AS source_ids,
    evidence
FROM raw.centre_countries
