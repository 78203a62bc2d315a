-- Regions by ISO 3166-2:KR code, the whole country included.
-- grain: one row per region
-- reads: stg_region
SELECT * EXCLUDE (batch_id)
FROM stg_region
