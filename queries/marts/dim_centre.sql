-- Overseas promotion centres that the record can name.
-- grain: one row per centre_id
-- reads: stg_centre
FROM stg_centre
