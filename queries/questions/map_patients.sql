-- How many of a region's foreign patients of a year came from each country, as far as was published?
-- A figure of a group of countries cannot be put on a map: it stands in the table only.
-- grain: one row per nationality or group of nationalities
-- reads: fct_figure
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code, KR for the country.
-- param: $year INTEGER. Calendar year.
-- returns: nationality VARCHAR
-- returns: is_group BOOLEAN
-- returns: value DECIMAL (persons)
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: source_ids VARCHAR[]
SELECT
    nationality,
    contains(nationality, ';') AS is_group,
    value,
    evidence,
    is_approximate,
    dissent_count,
    source_ids
FROM fct_figure
WHERE
    metric = 'foreign_patients'
    AND region = $region
    AND year = $year
    AND period = 'annual'
    AND nationality IS NOT NULL
    AND department IS NULL
    AND institution_class IS NULL
ORDER BY value DESC, nationality
