-- How did the ministry's cluster reviews of a region end up to a year?
-- grain: one row per award_id
-- reads: fct_award
-- param: $region VARCHAR in dim_region.region. Joint awards of several regions are included.
-- param: $year INTEGER. Last year to be shown.
-- returns: year INTEGER
-- returns: programme_id VARCHAR
-- returns: outcome VARCHAR
-- returns: rank BIGINT
-- returns: grant_krw DECIMAL (KRW)
-- returns: evidence VARCHAR
-- returns: dissent_count BIGINT (claims)
-- returns: judges BIGINT (judges)
-- returns: applicants BIGINT (applicants)
-- returns: is_joint BOOLEAN
-- returns: region VARCHAR
-- returns: is_settled BOOLEAN
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
SELECT
    year,
    programme_id,
    outcome,
    rank,
    grant_krw,
    coalesce(grant_evidence, 'no data') AS evidence,
    grant_dissent_count AS dissent_count,
    judge_count AS judges,
    applicant_count AS applicants,
    is_joint,
    region,
    is_grant_settled OR grant_krw IS NULL AS is_settled,
    note,
    source_ids
FROM fct_award
WHERE is_cluster_line AND list_contains(regions, $region) AND year <= $year
ORDER BY year DESC, programme_id, award_id
