-- Printed totals of a region's promotion centres, each at its date; a plan is a total nobody counted.
-- grain: one row per as_of and owner_region
-- reads: stg_centre_total
SELECT * EXCLUDE (batch_id)
FROM stg_centre_total
