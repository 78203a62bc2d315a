-- Candidates for the nine countries of the end of 2018.
-- grain: one row per country
-- reads: stg_centre_country
FROM stg_centre_country
