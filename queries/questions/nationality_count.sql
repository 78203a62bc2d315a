-- For how many nationalities does the record have patient figures of a region and year?
-- Groups of nationalities that cannot be split are counted apart.
-- grain: one row
-- reads: fct_figure
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code, KR for the country.
-- param: $year INTEGER. Calendar year.
-- returns: region VARCHAR
-- returns: year INTEGER
-- returns: nationality_count BIGINT (nationalities)
-- returns: group_count BIGINT (groups of nationalities)
-- returns: evidence VARCHAR
-- returns: source_ids VARCHAR[]
SELECT
    $region AS region,
    $year AS year,
    nullif(count(*) FILTER (WHERE NOT contains(nationality, ';')), 0) AS nationality_count,
    count(*) FILTER (WHERE contains(nationality, ';')) AS group_count,
    if(nationality_count IS NULL, 'no data', 'counted') AS evidence,
    list_sort(list_distinct(coalesce(flatten(list(source_ids)), []))) AS source_ids
FROM fct_figure
WHERE
    metric = 'foreign_patients'
    AND region = $region
    AND year = $year
    AND period = 'annual'
    AND nationality IS NOT NULL
    AND department IS NULL
    AND institution_class IS NULL
