-- Every claim with its part in settling its cell. This file is the one place of the rule:
-- 1 leave out suspect claims (other definitions are other metrics);
-- 2 final before provisional before estimate before expected (targets are cells of their own);
-- 3 what others print before what an office hands in about itself;
-- 4 exact before approximate;
-- 5 official before journal before newspaper before other;
-- 6 the value that more publishers print, such an office never being one of them;
-- 7 the later publication date, then the smaller id.
-- A rounded claim that agrees when rounded supports: half of its last digit is its tolerance.
-- lost_at names the first of these steps that puts a claim of another value behind the chosen one;
-- what only vouches for a place is never a candidate.
-- grain: one row per statement_id
-- reads: fct_statement, dim_source
WITH
claim AS (
    SELECT
        t.*,
        s.publisher,
        s.publisher_name,
        s.tier,
        s.tier_order,
        s.published_on,
        s.is_self_reported,
        s.is_coordinates_only,
        concat_ws(
            '|', t.metric, t.region, t.year, t.period, coalesce(t.nationality, ''),
            coalesce(t.department, ''), coalesce(t.institution_class, ''),
            coalesce(t.event_id, ''), coalesce(t.programme_id, ''), coalesce(t.area, ''),
            if(t.event_id IS NULL, '', concat_ws('/', t.unit, t.per))
        ) AS cell_id,
        CASE t.status
            WHEN 'final' THEN 1
            WHEN 'target' THEN 1
            WHEN 'provisional' THEN 2
            WHEN 'estimate' THEN 3
            ELSE 4
        END AS status_order
    FROM fct_statement AS t
    INNER JOIN dim_source AS s ON t.source_id = s.source_id
),

support AS (
    SELECT
        cell_id,
        value,
        count(DISTINCT publisher_name) FILTER (WHERE NOT is_self_reported) AS publisher_count,
        count(DISTINCT publisher_name) FILTER (
            WHERE NOT is_self_reported AND status_order = 1 AND NOT is_approximate
        ) AS firm_publisher_count,
        bool_or(tier = 'official' AND status_order = 1 AND NOT is_approximate) AS is_official
    FROM claim
    WHERE NOT is_suspect AND NOT is_coordinates_only
    GROUP BY ALL
),

chosen AS (
    SELECT
        c.*,
        s.publisher_count,
        s.firm_publisher_count,
        s.is_official
    FROM claim AS c
    INNER JOIN support AS s ON c.cell_id = s.cell_id AND c.value = s.value
    WHERE NOT c.is_suspect AND NOT c.is_coordinates_only
    QUALIFY
        row_number() OVER (
            PARTITION BY c.cell_id
            ORDER BY
                c.status_order, c.is_self_reported, c.is_approximate, c.tier_order,
                s.publisher_count DESC, c.published_on DESC NULLS LAST, c.statement_id
        ) = 1
),

judged AS (
    SELECT
        c.*,
        h.statement_id AS chosen_id,
        h.value AS chosen_value,
        h.status_order AS chosen_status_order,
        h.is_approximate AS is_chosen_approximate,
        h.is_self_reported AS is_chosen_self_reported,
        coalesce(v.publisher_count, 0) AS value_publisher_count,
        h.publisher_count,
        h.firm_publisher_count,
        h.is_official,
        CASE
            WHEN c.is_suspect THEN 'left out'
            WHEN c.statement_id = h.statement_id THEN 'chosen'
            WHEN c.value = h.value THEN 'same'
            WHEN abs(c.value - h.value) * 2 <= greatest(c.resolution, h.resolution)
                THEN 'rounded support'
            WHEN c.status = 'expected' OR c.is_coordinates_only THEN 'not compared'
            ELSE 'dissent'
        END AS agreement,
        CASE
            WHEN c.is_suspect THEN 'error'
            WHEN c.is_coordinates_only THEN 'place only'
            WHEN c.value = h.value THEN NULL
            WHEN c.status_order > h.status_order THEN 'status'
            WHEN c.is_self_reported > h.is_self_reported THEN 'own office'
            WHEN c.is_approximate > h.is_approximate THEN 'rounding'
            WHEN c.tier_order > h.tier_order THEN 'tier'
            WHEN v.publisher_count < h.publisher_count THEN 'publishers'
            WHEN coalesce(c.published_on, '') < coalesce(h.published_on, '') THEN 'date'
            ELSE 'id'
        END AS lost_at,
        coalesce(
            c.status_order = 1
            AND NOT c.is_approximate
            AND NOT c.is_coordinates_only
            AND c.tier_order <= h.tier_order,
            FALSE
        ) AS is_of_equal_weight
    FROM claim AS c
    LEFT JOIN chosen AS h ON c.cell_id = h.cell_id
    LEFT JOIN support AS v ON c.cell_id = v.cell_id AND c.value = v.value
)

SELECT
    statement_id AS claim_id,
    cell_id,
    metric,
    region,
    year,
    period,
    nationality,
    department,
    institution_class,
    event_id,
    programme_id,
    area,
    value,
    resolution,
    unit,
    per,
    status,
    is_approximate,
    is_suspect,
    source_id,
    publisher,
    tier,
    published_on,
    note,
    batch_id,
    agreement,
    lost_at,
    value_publisher_count,
    is_of_equal_weight,
    (statement_id IS NOT DISTINCT FROM chosen_id) AS is_settled,
    CASE
        WHEN chosen_id IS NULL THEN 'no data'
        WHEN is_chosen_self_reported THEN 'self-reported'
        WHEN chosen_status_order > 1 THEN 'provisional'
        WHEN is_chosen_approximate THEN 'approximate'
        WHEN
            bool_or(agreement = 'dissent' AND is_of_equal_weight) OVER (PARTITION BY cell_id)
            THEN 'contested'
        WHEN is_official OR firm_publisher_count >= 2 THEN 'settled'
        ELSE 'single source'
    END AS evidence,
    publisher_count AS printed_by,
    count(*) OVER (PARTITION BY cell_id) AS claim_count,
    count(*) FILTER (WHERE agreement = 'dissent') OVER (PARTITION BY cell_id) AS dissent_count
FROM judged
