-- Where did the judges of an onsite review stop, in which order, and what else is known of the city?
-- A stop has a place only where the record knows the institution's site; a landmark is a site that it
-- does know, to draw the stops against.
-- grain: one row per stop and per institution with a known site
-- reads: fct_review_visit, dim_institution
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code.
-- param: $year INTEGER. Year of the review.
-- returns: role VARCHAR
-- returns: seq BIGINT
-- returns: item VARCHAR
-- returns: title VARCHAR
-- returns: title_ko VARCHAR
-- returns: institution_kind VARCHAR
-- returns: lat DOUBLE (degrees, WGS 84)
-- returns: lon DOUBLE (degrees, WGS 84)
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
WITH
stop AS (
    SELECT *
    FROM fct_review_visit
    WHERE region = $region AND year = $year AND kind = 'stop'
),

site AS (
    SELECT
        *,
        coord_precision = 'site' AS is_site
    FROM dim_institution
    WHERE region = $region
)

SELECT
    'stop' AS role,
    p.seq,
    p.item,
    s.name_en AS title,
    s.name_ko AS title_ko,
    s.kind AS institution_kind,
    if(s.is_site, s.lat, NULL) AS lat,
    if(s.is_site, s.lon, NULL) AS lon,
    s.note,
    p.source_ids
FROM stop AS p
LEFT JOIN site AS s ON p.institution_id = s.institution_id
UNION ALL BY NAME
SELECT
    'landmark' AS role,
    name_en AS title,
    name_ko AS title_ko,
    kind AS institution_kind,
    lat,
    lon,
    note,
    list_concat(source_ids, coordinate_source_ids) AS source_ids
FROM site
WHERE is_site AND EXISTS (SELECT 1 FROM stop)
ORDER BY role DESC, seq, title
