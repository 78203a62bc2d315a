-- What is the latest figure of the patients from each country, of Korea and of a region?
-- A figure of a group of countries is of none of them.
-- grain: one row per nationality and region with any figure
-- reads: fct_figure
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code that stands beside Korea.
-- returns: nationality VARCHAR
-- returns: region VARCHAR
-- returns: year INTEGER
-- returns: value DECIMAL (persons)
-- returns: unit VARCHAR
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: year_count BIGINT (years with a figure)
-- returns: source_ids VARCHAR[]
SELECT
    nationality,
    region,
    year,
    value,
    unit,
    evidence,
    is_approximate,
    dissent_count,
    count(*) OVER of_region AS year_count,
    source_ids
FROM fct_figure
WHERE
    metric = 'foreign_patients'
    AND region IN ('KR', $region)
    AND nationality <> 'KR'
    AND NOT contains(nationality, ';')
    AND is_annual_cell(period, department, institution_class)
    AND year IS NOT NULL
WINDOW of_region AS (PARTITION BY nationality, region)
QUALIFY row_number() OVER (PARTITION BY nationality, region ORDER BY year DESC) = 1
ORDER BY nationality, region <> 'KR'
