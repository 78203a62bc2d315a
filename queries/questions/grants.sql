-- What did a region apply for and win, year by year, and what do its grants add up to?
-- Cumulative is per programme and winner, a region or a group of them that cannot be split, and adds
-- only settled amounts: where two sources name two amounts, the one that was not settled on is shown
-- and not added, and an amount that two rows name is added once.
-- grain: one row per award_id
-- reads: fct_award
-- param: $region VARCHAR in dim_region.region. Joint awards of several regions are included.
-- returns: year INTEGER
-- returns: year_end INTEGER
-- returns: programme_id VARCHAR
-- returns: ministry VARCHAR
-- returns: area VARCHAR
-- returns: outcome VARCHAR
-- returns: rank BIGINT
-- returns: grant_krw DECIMAL (KRW)
-- returns: evidence VARCHAR
-- returns: dissent_count BIGINT (claims)
-- returns: is_settled BOOLEAN
-- returns: cumulative_krw DECIMAL (KRW)
-- returns: is_cumulative_lower_bound BOOLEAN
-- returns: cumulative_evidence VARCHAR
-- returns: matched_krw DECIMAL (KRW)
-- returns: applicants BIGINT (applicants)
-- returns: judges BIGINT (judges)
-- returns: is_joint BOOLEAN
-- returns: region VARCHAR
-- returns: award_id VARCHAR
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
WITH award AS (
    SELECT
        *,
        is_grant_settled AND row_number() OVER (
            PARTITION BY programme_id, year, region, area ORDER BY is_grant_settled DESC, award_id
        ) = 1 AS is_added
    FROM fct_award
    WHERE list_contains(regions, $region)
)

SELECT
    year,
    year_end,
    programme_id,
    ministry,
    area,
    outcome,
    rank,
    grant_krw,
    coalesce(grant_evidence, 'no data') AS evidence,
    grant_dissent_count AS dissent_count,
    is_grant_settled AS is_settled,
    sum(if(is_added, grant_krw, NULL)) OVER up_to_year AS cumulative_krw,
    bool_or(outcome = 'selected' AND grant_krw IS NULL) OVER up_to_year
    OR coalesce(bool_or(year_end > year) OVER before_year, FALSE) AS is_cumulative_lower_bound,
    weakest_evidence(list(grant_evidence) FILTER (WHERE is_added) OVER up_to_year)
        AS cumulative_evidence,
    matched_krw,
    applicant_count AS applicants,
    judge_count AS judges,
    is_joint,
    region,
    award_id,
    note,
    source_ids
FROM award
WINDOW
    up_to_year AS (
        PARTITION BY programme_id, region
        ORDER BY year
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ),
    before_year AS (
        PARTITION BY programme_id, region
        ORDER BY year
        RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
ORDER BY year, programme_id, award_id
