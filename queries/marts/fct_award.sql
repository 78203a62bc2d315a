-- Results of regions in programmes with what was settled of the amounts.
-- grain: one row per award_id
-- reads: stg_award, fct_claim, dim_programme
SELECT
    a.award_id,
    a.programme_id,
    p.ministry,
    p.is_cluster_line,
    a.year,
    a.year_end,
    a.region,
    string_split(a.region, ';') AS regions,
    contains(a.region, ';') AS is_joint,
    a.area,
    a.outcome,
    a.rank,
    a.grant_krw,
    a.matched_krw,
    a.applicant_count,
    a.judge_count,
    g.evidence AS grant_evidence,
    coalesce(g.dissent_count, 0) AS grant_dissent_count,
    coalesce(g.is_settled, FALSE) AS is_grant_settled,
    a.source_ids,
    a.note
FROM stg_award AS a
INNER JOIN dim_programme AS p ON a.programme_id = p.programme_id
LEFT JOIN (
    SELECT
        split_part(claim_id, '/', 2) AS award_id,
        min(evidence) AS evidence,
        max(dissent_count) AS dissent_count,
        bool_or(agreement IN ('chosen', 'same')) AS is_settled
    FROM fct_claim
    WHERE metric = 'grant_krw'
    GROUP BY ALL
) AS g ON a.award_id = g.award_id
