-- Which figures can be found by their number: of which metric, region, year, nationality or event?
-- Every printed value of a figure leads to it, also one that was not settled on.
-- grain: one row per metric, region, area, year, period, nationality, department, institution class, event and award
-- reads: fct_claim, dim_event, dim_region
-- returns: metric VARCHAR
-- returns: region VARCHAR
-- returns: is_nation BOOLEAN
-- returns: year INTEGER
-- returns: period VARCHAR
-- returns: nationality VARCHAR
-- returns: department VARCHAR
-- returns: institution_class VARCHAR
-- returns: area VARCHAR
-- returns: event_id VARCHAR
-- returns: event_title VARCHAR
-- returns: event_title_ko VARCHAR
-- returns: programme_id VARCHAR
-- returns: value DECIMAL (unit)
-- returns: unit VARCHAR
-- returns: per VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: evidence VARCHAR
-- returns: dissent_count BIGINT (claims)
-- returns: printed_by BIGINT (publishers)
-- returns: printed DOUBLE[] (unit)
-- returns: notes VARCHAR[]
SELECT
    any_value(c.metric) AS metric,
    any_value(c.region) AS region,
    coalesce(bool_or(r.is_nation), FALSE) AS is_nation,
    any_value(c.year) AS year,
    any_value(c.period) AS period,
    any_value(c.nationality) AS nationality,
    any_value(c.department) AS department,
    any_value(c.institution_class) AS institution_class,
    any_value(c.area) AS area,
    any_value(c.event_id) AS event_id,
    any_value(e.title_en) AS event_title,
    any_value(e.title_ko) AS event_title_ko,
    any_value(c.programme_id) AS programme_id,
    coalesce(max(c.value) FILTER (WHERE c.is_settled), max(c.value)) AS value,
    any_value(c.unit) AS unit,
    any_value(c.per) AS per,
    coalesce(bool_or(c.is_approximate) FILTER (WHERE c.is_settled), FALSE) AS is_approximate,
    any_value(c.evidence) AS evidence,
    any_value(c.dissent_count) AS dissent_count,
    any_value(c.printed_by) FILTER (WHERE c.is_settled) AS printed_by,
    list_sort(list_distinct(list(cast(c.value AS DOUBLE)))) AS printed,
    coalesce(list_sort(list_distinct(list(c.note))), []) AS notes
FROM fct_claim AS c
LEFT JOIN dim_event AS e ON c.event_id = e.event_id
LEFT JOIN dim_region AS r ON c.region = r.region
GROUP BY c.cell_id
ORDER BY year DESC NULLS LAST, metric, region, c.cell_id
