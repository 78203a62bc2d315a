-- Which figures of a metric does a region share with others, as a group that cannot be split?
-- A grant won jointly is of the group: it belongs to no sum of one region and is never divided.
-- grain: one row per group of regions with a figure of the year
-- reads: fct_figure
-- param: $metric VARCHAR in dim_metric.metric. Code of the metric.
-- param: $region VARCHAR in dim_region.region. Region that is one of the group.
-- param: $year INTEGER. Calendar year.
-- returns: metric VARCHAR
-- returns: region VARCHAR
-- returns: partners VARCHAR
-- returns: year INTEGER
-- returns: value DECIMAL (unit)
-- returns: unit VARCHAR
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: is_lower_bound BOOLEAN
-- returns: source_ids VARCHAR[]
SELECT
    metric,
    region,
    array_to_string(
        list_filter(string_split(region, ';'), LAMBDA r: r <> $region), ';'
    ) AS partners,
    year,
    value,
    unit,
    evidence,
    is_approximate,
    dissent_count,
    is_lower_bound,
    source_ids
FROM fct_figure
WHERE
    metric = $metric
    AND year = $year
    AND is_annual_total(period, nationality, department, institution_class)
    AND is_shared_by(region, $region)
ORDER BY region
