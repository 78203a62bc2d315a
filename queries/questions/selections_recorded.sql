-- How often was a region, alone or with others, selected in a support programme, by all the record has?
-- Each year and programme counts once; what a part of the region won for itself is not counted.
-- grain: one row
-- reads: fct_grant
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code, KR for the country.
-- returns: region VARCHAR
-- returns: selection_count BIGINT (selections)
-- returns: first_year INTEGER
-- returns: last_year INTEGER
-- returns: source_ids VARCHAR[]
SELECT
    $region AS region,
    nullif(count(DISTINCT programme_id || '/' || year), 0) AS selection_count,
    min(year) AS first_year,
    max(year) AS last_year,
    list_sort(list_distinct(coalesce(flatten(list(source_ids)), []))) AS source_ids
FROM fct_grant
WHERE list_contains(regions, $region) AND outcome = 'selected' AND area IS NULL
