-- Institutions named in the record.
-- grain: one row per institution_id
-- reads: stg_institution
FROM stg_institution
