-- What a region, or regions jointly, won in a programme and year. Award rows that contradict each
-- other in the amount are one award here, with the amount that was settled on.
-- An announced term of several years has an amount for its first year at most: the years without
-- one, up to the last year with awards, are in unpublished_years: a sum over them is a lower bound.
-- grain: one row per programme_id, year, region and area
-- reads: fct_award, fct_claim
WITH
award AS (
    SELECT
        programme_id,
        ministry,
        is_cluster_line,
        year,
        max(year_end) AS year_end,
        region,
        any_value(regions) AS regions,
        coalesce(is_joint, FALSE) AS is_joint,
        area,
        min(outcome) AS outcome,
        max(applicant_count) AS applicant_count,
        min_by(note, award_id) AS note,
        list_sort(list_distinct(flatten(list(source_ids)))) AS source_ids
    FROM fct_award
    GROUP BY programme_id, ministry, is_cluster_line, year, region, is_joint, area
),

last_year AS (
    SELECT max(year) AS year FROM fct_award
),

amount AS (
    SELECT *
    FROM fct_claim
    WHERE is_settled AND programme_id IS NOT NULL
)

SELECT
    a.*,
    list_filter(
        list_transform(
            range(a.year, least(coalesce(a.year_end, a.year), l.year) + 1),
            LAMBDA y: cast(y AS INTEGER)
        ),
        LAMBDA y: y > a.year OR g.value IS NULL
    ) AS unpublished_years,
    g.value AS grant_krw,
    g.evidence AS grant_evidence,
    coalesce(g.dissent_count, 0) AS grant_dissent_count,
    m.value AS matched_krw,
    m.evidence AS matched_evidence,
    m.is_approximate AS is_matched_approximate,
    coalesce(m.dissent_count, 0) AS matched_dissent_count
FROM award AS a
CROSS JOIN last_year AS l
LEFT JOIN amount AS g
    ON
        g.metric = 'grant_krw'
        AND a.programme_id = g.programme_id
        AND a.year = g.year
        AND a.region = g.region
        AND a.area IS NOT DISTINCT FROM g.area
LEFT JOIN amount AS m
    ON
        m.metric = 'matched_krw'
        AND a.programme_id = m.programme_id
        AND a.year = m.year
        AND a.region = m.region
        AND a.area IS NOT DISTINCT FROM m.area
