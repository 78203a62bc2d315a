-- Which results in support programmes does the record have, and with which amounts?
-- Every printed result: where two amounts contradict each other both are shown, one is settled. A
-- missing amount was not published, which is not 0. Amounts are per year, also for longer terms.
-- grain: one row per award_id
-- reads: fct_award
-- param: $region VARCHAR in dim_region.region = null. Joint awards of several regions are included; null: all regions.
-- param: $ministry VARCHAR in dim_programme.ministry = null. null: all ministries.
-- param: $programme VARCHAR in dim_programme.programme_id = null. null: all programmes.
-- param: $year INTEGER = null. Year for which it was announced; null: all years.
-- returns: year INTEGER
-- returns: year_end INTEGER
-- returns: region VARCHAR
-- returns: area VARCHAR
-- returns: programme_id VARCHAR
-- returns: ministry VARCHAR
-- returns: outcome VARCHAR
-- returns: grant_krw DECIMAL (KRW)
-- returns: evidence VARCHAR
-- returns: dissent_count BIGINT (claims)
-- returns: is_settled BOOLEAN
-- returns: is_joint BOOLEAN
-- returns: note VARCHAR
-- returns: award_id VARCHAR
-- returns: source_ids VARCHAR[]
SELECT
    year,
    year_end,
    region,
    area,
    programme_id,
    ministry,
    outcome,
    grant_krw,
    coalesce(grant_evidence, 'no data') AS evidence,
    grant_dissent_count AS dissent_count,
    is_grant_settled AS is_settled,
    coalesce(is_joint, FALSE) AS is_joint,
    note,
    award_id,
    source_ids
FROM fct_award
WHERE
    ($region IS NULL OR list_contains(regions, $region))
    AND ($ministry IS NULL OR ministry = $ministry)
    AND ($programme IS NULL OR programme_id = $programme)
    AND ($year IS NULL OR year = $year)
ORDER BY year, region NULLS LAST, programme_id, area, award_id
