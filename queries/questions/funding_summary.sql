-- How many awards does the record have, and what do their published amounts add up to?
-- A lower bound: awards without published amount are unknown, and of a term of several years only
-- the first is counted. Joint awards cannot be split and are added up apart from those of one region.
-- grain: one row
-- reads: fct_grant
-- param: $region VARCHAR in dim_region.region = null. Joint awards of several regions are included; null: all regions.
-- param: $ministry VARCHAR in dim_programme.ministry = null. null: all ministries.
-- param: $programme VARCHAR in dim_programme.programme_id = null. null: all programmes.
-- param: $year INTEGER = null. Year for which it was announced; null: all years.
-- returns: selected_count BIGINT (awards)
-- returns: known_count BIGINT (awards with an amount)
-- returns: unknown_count BIGINT (awards without an amount)
-- returns: contested_count BIGINT (awards with contradicting amounts)
-- returns: joint_count BIGINT (joint awards)
-- returns: alone_krw DECIMAL (KRW)
-- returns: joint_krw DECIMAL (KRW)
-- returns: later_year_count BIGINT (years announced and not counted)
-- returns: alone_evidence VARCHAR
-- returns: joint_evidence VARCHAR
-- returns: is_alone_lower_bound BOOLEAN
-- returns: is_joint_lower_bound BOOLEAN
-- returns: not_selected_count BIGINT (results)
-- returns: call_count BIGINT (calls without named winners)
-- returns: first_year INTEGER
-- returns: last_year INTEGER
-- returns: source_ids VARCHAR[]
WITH result AS (
    SELECT
        *,
        outcome = 'selected' AND region IS NOT NULL AS is_named_award
    FROM fct_grant
    WHERE
        ($region IS NULL OR list_contains(regions, $region))
        AND ($ministry IS NULL OR ministry = $ministry)
        AND ($programme IS NULL OR programme_id = $programme)
        AND ($year IS NULL OR year = $year)
)

SELECT
    count(*) FILTER (WHERE is_named_award) AS selected_count,
    count(grant_krw) FILTER (WHERE is_named_award) AS known_count,
    selected_count - known_count AS unknown_count,
    count(*) FILTER (WHERE is_named_award AND is_contested(grant_evidence)) AS contested_count,
    count(*) FILTER (WHERE is_joint AND is_named_award) AS joint_count,
    sum(grant_krw) FILTER (WHERE is_named_award AND NOT is_joint) AS alone_krw,
    sum(grant_krw) FILTER (WHERE is_named_award AND is_joint) AS joint_krw,
    cast(
        coalesce(sum(year_end - year) FILTER (WHERE is_named_award), 0) AS BIGINT
    ) AS later_year_count,
    weakest_evidence(list(grant_evidence) FILTER (WHERE is_named_award AND NOT is_joint))
        AS alone_evidence,
    weakest_evidence(list(grant_evidence) FILTER (WHERE is_named_award AND is_joint))
        AS joint_evidence,
    coalesce(
        bool_or(len(unpublished_years) > 0) FILTER (WHERE is_named_award AND NOT is_joint), FALSE
    ) AS is_alone_lower_bound,
    coalesce(
        bool_or(len(unpublished_years) > 0) FILTER (WHERE is_named_award AND is_joint), FALSE
    ) AS is_joint_lower_bound,
    count(*) FILTER (WHERE outcome = 'not_selected') AS not_selected_count,
    count(*) FILTER (WHERE outcome IS NULL OR region IS NULL) AS call_count,
    min(year) FILTER (WHERE is_named_award) AS first_year,
    max(greatest(year, coalesce(list_max(unpublished_years), year)))
    FILTER (WHERE is_named_award) AS last_year,
    list_sort(list_distinct(coalesce(flatten(list(source_ids)), []))) AS source_ids
FROM result
