-- What does the record have of each ministry's awards: how many, over which years, with amounts?
-- The sum is a lower bound wherever amounts were not published.
-- grain: one row per ministry
-- reads: fct_grant
-- param: $region VARCHAR in dim_region.region = null. Joint awards are included; null: all regions.
-- param: $year INTEGER = null. Year for which it was announced; null: all years.
-- returns: ministry VARCHAR
-- returns: programme_count BIGINT (programmes)
-- returns: selected_count BIGINT (awards)
-- returns: known_count BIGINT (awards with an amount)
-- returns: unknown_count BIGINT (awards without an amount)
-- returns: joint_count BIGINT (joint awards)
-- returns: alone_krw DECIMAL (KRW)
-- returns: joint_krw DECIMAL (KRW)
-- returns: later_year_count BIGINT (years announced and not counted)
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
        AND ($year IS NULL OR year = $year)
)

SELECT
    ministry,
    count(DISTINCT programme_id) AS programme_count,
    count(*) FILTER (WHERE is_named_award) AS selected_count,
    count(grant_krw) FILTER (WHERE is_named_award) AS known_count,
    selected_count - known_count AS unknown_count,
    count(*) FILTER (WHERE is_joint AND is_named_award) AS joint_count,
    sum(grant_krw) FILTER (WHERE is_named_award AND NOT is_joint) AS alone_krw,
    sum(grant_krw) FILTER (WHERE is_named_award AND is_joint) AS joint_krw,
    cast(
        coalesce(sum(year_end - year) FILTER (WHERE is_named_award), 0) AS BIGINT
    ) AS later_year_count,
    coalesce(
        bool_or(len(unpublished_years) > 0) FILTER (WHERE is_named_award AND NOT is_joint), FALSE
    ) AS is_alone_lower_bound,
    coalesce(
        bool_or(len(unpublished_years) > 0) FILTER (WHERE is_named_award AND is_joint), FALSE
    ) AS is_joint_lower_bound,
    count(*) FILTER (WHERE outcome = 'not_selected') AS not_selected_count,
    count(*) FILTER (WHERE outcome IS NULL OR region IS NULL) AS call_count,
    min(year) AS first_year,
    max(year) AS last_year,
    list_sort(list_distinct(flatten(list(source_ids)))) AS source_ids
FROM result
GROUP BY ministry
ORDER BY selected_count DESC, ministry
