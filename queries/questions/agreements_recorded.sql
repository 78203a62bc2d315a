-- How many signed agreements of a region does the record have, of all years and of unknown date?
-- An event may count its agreements too: the same fact once more, never to be added to these.
-- grain: one row
-- reads: fct_agreement
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code, KR for the country.
-- returns: region VARCHAR
-- returns: agreement_count BIGINT (agreements)
-- returns: first_year INTEGER
-- returns: last_year INTEGER
-- returns: source_ids VARCHAR[]
SELECT
    $region AS region,
    nullif(count(*), 0) AS agreement_count,
    min(year) AS first_year,
    max(year) AS last_year,
    list_sort(list_distinct(coalesce(flatten(list(source_ids)), []))) AS source_ids
FROM fct_agreement
WHERE list_contains(regions, $region) AND state = 'signed'
