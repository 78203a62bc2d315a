-- How many applied in a call, how many were selected, and what is the rate?
-- The number of applicants is printed for the call and repeated on each of its awards, so it is
-- taken once. The selected are those that the record names: where it names only one, or does not
-- know the regions, it may name a part of them, and no rate is computed.
-- grain: one row per programme_id and year of a call with a known number of applicants
-- reads: fct_grant
-- param: $region VARCHAR in dim_region.region = null. Joint awards of several regions are included; null: all regions.
-- param: $ministry VARCHAR in dim_programme.ministry = null. null: all ministries.
-- param: $programme VARCHAR in dim_programme.programme_id = null. null: all programmes.
-- param: $year INTEGER = null. Year for which it was announced; null: all years.
-- returns: year INTEGER
-- returns: programme_id VARCHAR
-- returns: ministry VARCHAR
-- returns: applicants BIGINT (regions or projects)
-- returns: is_count_of_projects BOOLEAN
-- returns: named_count BIGINT (awards)
-- returns: selected_count BIGINT (awards)
-- returns: selection_rate_pct DOUBLE (per cent)
-- returns: outcome VARCHAR
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
SELECT
    year,
    programme_id,
    ministry,
    max(applicant_count) AS applicants,
    bool_or(coalesce(contains(note, 'projects'), FALSE)) AS is_count_of_projects,
    count(region) FILTER (WHERE outcome = 'selected') AS named_count,
    if(
        named_count > 1 AND count(region) = count(*) AND named_count <= applicants,
        named_count, NULL
    ) AS selected_count,
    100 * cast(selected_count AS DOUBLE) / applicants AS selection_rate_pct,
    min(outcome) FILTER (WHERE list_contains(regions, $region)) AS outcome,
    arg_min(note, coalesce(region, '')) AS note,
    list_sort(list_distinct(flatten(list(source_ids)))) AS source_ids
FROM fct_grant
WHERE
    ($ministry IS NULL OR ministry = $ministry)
    AND ($programme IS NULL OR programme_id = $programme)
    AND ($year IS NULL OR year = $year)
GROUP BY year, programme_id, ministry
HAVING
    max(applicant_count) > 0
    AND ($region IS NULL OR bool_or(list_contains(regions, $region)))
ORDER BY year, programme_id
