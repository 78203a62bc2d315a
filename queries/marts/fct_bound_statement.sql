-- Every accepted statement about the foreign patients of regions and years, as an interval of what
-- it says: persons of a figure or total, per cent of a share or growth, places of a rank.
-- An exact figure is its value; of a contested one any of the values of equal weight may be true;
-- a rounded one may be half of its last digit off; a printed percentage a whole unit of its last
-- digit, because papers cut as often as they round; "fewer than N" is at most N - 1, a share below
-- N per cent at most that; a printed rank is its place, with Sejong among the regions or without
-- (optional_regions), as sources do not say. Suspect, expected, estimated, part-year and
-- survey statements take no part, nor do averages over several years.
-- The weightiest have the smallest statement_order: figures before totals before shares before
-- growth before upper limits before ranks, then as claims are settled.
-- grain: one row per statement_id
-- reads: fct_claim, dim_source, dim_region_year
WITH
claim AS (
    SELECT
        c.*,
        s.tier_order,
        CASE
            WHEN c.metric = 'share_pct' THEN 'share'
            WHEN c.metric = 'growth_pct' THEN 'growth'
            WHEN c.metric = 'foreign_patients_below' THEN 'fewer'
            WHEN c.metric = 'share_pct_below' THEN 'share_below'
            WHEN c.metric = 'rank' THEN 'rank'
            WHEN c.region = 'KR' THEN 'total'
            ELSE 'figure'
        END AS kind
    FROM fct_claim AS c
    INNER JOIN dim_source AS s ON c.source_id = s.source_id
    WHERE
        c.metric IN (
            'foreign_patients', 'share_pct', 'growth_pct',
            'foreign_patients_below', 'share_pct_below', 'rank'
        )
        AND c.year IN (SELECT y.year FROM dim_region_year AS y)
        AND c.period = 'annual'
        AND c.status = 'final'
        AND c.nationality IS NULL
        AND c.department IS NULL
        AND c.institution_class IS NULL
        AND NOT c.is_suspect
        AND NOT s.is_coordinates_only
        AND NOT (c.metric IN ('share_pct', 'rank') AND c.region = 'KR')
),

figure AS (
    SELECT
        kind,
        year,
        region,
        any_value(claim_id) FILTER (WHERE is_settled) AS statement_id,
        any_value(value) FILTER (WHERE is_settled) AS value,
        bool_or(is_approximate) FILTER (WHERE is_settled) AS is_approximate,
        any_value(tier_order) FILTER (WHERE is_settled) AS tier_order,
        any_value(published_on) FILTER (WHERE is_settled) AS published_on,
        min(value - if(is_approximate, resolution, 0) / 2) FILTER (WHERE is_admitted) AS low,
        max(value + if(is_approximate, resolution, 0) / 2) FILTER (WHERE is_admitted) AS high,
        list(claim_id ORDER BY claim_id) FILTER (WHERE is_admitted) AS claim_ids,
        list_sort(list(DISTINCT source_id) FILTER (WHERE is_admitted)) AS source_ids
    FROM (
        SELECT
            *,
            agreement IN ('chosen', 'same')
            OR (
                agreement = 'dissent'
                AND if(is_only_rounded(evidence), is_approximate, is_of_equal_weight)
            ) AS is_admitted
        FROM claim
        WHERE metric = 'foreign_patients'
    )
    GROUP BY kind, year, region
    HAVING bool_or(is_settled)
),

printed AS (
    SELECT
        kind,
        year,
        region,
        arg_min(claim_id, claim_order) AS statement_id,
        value,
        bool_and(is_approximate) AS is_approximate,
        arg_min(tier_order, claim_order) AS tier_order,
        arg_min(published_on, claim_order) AS published_on,
        CASE
            WHEN kind IN ('fewer', 'share_below') THEN 0
            WHEN kind = 'rank' THEN value
            ELSE value - resolution
        END AS low,
        CASE
            WHEN kind = 'fewer' THEN value - 1
            WHEN kind IN ('share_below', 'rank') THEN value
            ELSE value + resolution
        END AS high,
        list(claim_id ORDER BY claim_id) AS claim_ids,
        list_sort(list(DISTINCT source_id)) AS source_ids
    FROM (
        SELECT
            *,
            row_number() OVER (
                ORDER BY is_approximate, tier_order, published_on DESC NULLS LAST, claim_id
            ) AS claim_order
        FROM claim
        WHERE metric <> 'foreign_patients'
    )
    GROUP BY kind, year, region, value, resolution
),

statement AS (
    SELECT * FROM figure
    UNION ALL BY NAME
    SELECT * FROM printed
),

region_list AS (
    SELECT
        year,
        list(region ORDER BY region) AS regions,
        coalesce(list(region) FILTER (WHERE region = 'KR-50'), []) AS optional_regions
    FROM dim_region_year
    GROUP BY year
)

SELECT
    s.statement_id,
    s.kind,
    s.year,
    s.region,
    list_sort(
        list_intersect(if(s.region = 'KR', l.regions, string_split(s.region, ';')), l.regions)
    ) AS regions,
    s.value,
    cast(s.low AS DOUBLE) AS low,
    cast(s.high AS DOUBLE) AS high,
    if(s.kind = 'rank', l.optional_regions, []) AS optional_regions,
    s.claim_ids,
    s.source_ids,
    row_number() OVER (
        ORDER BY
            list_position(
                ['figure', 'total', 'share', 'growth', 'fewer', 'share_below', 'rank'], s.kind
            ),
            s.is_approximate, s.tier_order, s.published_on DESC NULLS LAST, s.statement_id
    ) AS statement_order
FROM statement AS s
INNER JOIN region_list AS l ON s.year = l.year
