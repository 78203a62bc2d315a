-- Regions by ISO 3166-2:KR code, the whole country included.
-- grain: one row per region
-- reads: raw.regions
SELECT
    region,
    kind,
    name_en,
    name_ko,
    full_name_en,
    full_name_ko,
    kind = 'nation' AS is_nation,
    batch_id
FROM raw.regions
