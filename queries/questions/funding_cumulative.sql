-- What do the published grants of a region add up to in each programme line?
-- The three cluster programmes that followed each other are one line. A lower bound wherever awards
-- have no published amount or a term of several years goes on: only settled amounts of a first year
-- are added. A joint award stays with its group of regions.
-- grain: one row per region or group of regions and programme line
-- reads: fct_grant
-- param: $region VARCHAR in dim_region.region = null. Joint awards of several regions are included; null: all regions.
-- param: $ministry VARCHAR in dim_programme.ministry = null. null: all ministries.
-- param: $programme VARCHAR in dim_programme.programme_id = null. null: all programmes.
-- param: $year INTEGER = null. Year for which it was announced; null: all years.
-- returns: region VARCHAR
-- returns: line VARCHAR
-- returns: is_joint BOOLEAN
-- returns: selected_count BIGINT (awards)
-- returns: known_count BIGINT (awards with an amount)
-- returns: unknown_count BIGINT (awards without an amount)
-- returns: later_year_count BIGINT (years announced and not counted)
-- returns: cumulative_krw DECIMAL (KRW)
-- returns: is_lower_bound BOOLEAN
-- returns: evidence VARCHAR
-- returns: dissent_count BIGINT (claims)
-- returns: first_year INTEGER
-- returns: last_year INTEGER
-- returns: source_ids VARCHAR[]
SELECT
    region,
    if(is_cluster_line, 'cluster-line', programme_id) AS line,
    is_joint,
    count(*) AS selected_count,
    count(grant_krw) AS known_count,
    selected_count - known_count AS unknown_count,
    cast(coalesce(sum(year_end - year), 0) AS BIGINT) AS later_year_count,
    sum(grant_krw) AS cumulative_krw,
    bool_or(len(unpublished_years) > 0) AS is_lower_bound,
    coalesce(weakest_evidence(list(grant_evidence)), 'no data') AS evidence,
    cast(sum(grant_dissent_count) AS BIGINT) AS dissent_count,
    min(year) AS first_year,
    max(year) AS last_year,
    list_sort(list_distinct(flatten(list(source_ids)))) AS source_ids
FROM fct_grant
WHERE
    outcome = 'selected'
    AND region IS NOT NULL
    AND ($region IS NULL OR list_contains(regions, $region))
    AND ($ministry IS NULL OR ministry = $ministry)
    AND ($programme IS NULL OR programme_id = $programme)
    AND ($year IS NULL OR year = $year)
GROUP BY region, line, is_joint
ORDER BY line <> 'cluster-line', line, cumulative_krw DESC NULLS LAST, region
