-- Funding and selection programmes.
-- grain: one row per programme
-- reads: raw.programmes
SELECT
    programme_id,
    name_en,
    name_ko,
    ministry
FROM raw.programmes
