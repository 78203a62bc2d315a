-- Hospitals, clinics, agencies, firms and sights named in the record.
-- grain: one row per institution_id
-- reads: raw.institutions
SELECT
    institution_id,
    name_en,
    name_ko,
    coalesce(string_split(other_names, ';'), []) AS other_names,
    kind,
    city,
    region,
    country,
    cast(lat AS DOUBLE) AS lat,
    cast(lon AS DOUBLE) AS lon,
    coord_precision,
    string_split(source_ids, ';') AS source_ids,
    note
FROM raw.institutions
WHERE withdrawn IS NULL
