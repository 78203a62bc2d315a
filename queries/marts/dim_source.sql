-- Sources, with the number of figures each prints. What an office says of itself has its own tier;
-- it is the file handed in, or a source handed in that is by such an office or a region.
-- grain: one row per source_id
-- reads: stg_source, stg_source_role, stg_region, fct_statement
WITH
public_batch AS (
    SELECT DISTINCT batch_id FROM stg_region
),

source AS (
    SELECT
        s.*,
        coalesce(
            s.is_file_itself
            OR (
                s.batch_id NOT IN (SELECT b.batch_id FROM public_batch AS b)
                AND (
                    s.publisher_name IN (
                        SELECT o.publisher_name FROM stg_source AS o WHERE o.is_file_itself
                    )
                    OR EXISTS (
                        SELECT 1
                        FROM stg_region AS r
                        WHERE
                            NOT r.is_nation
                            AND (
                                starts_with(s.publisher, r.full_name_en)
                                OR starts_with(s.publisher, r.full_name_ko)
                                -- 대구시, 경북도; no newspaper such as 전북도민일보
                                OR regexp_matches(
                                    s.publisher,
                                    '^' || r.name_ko || '[시도](청|의회|[^가-힣]|$)'
                                )
                            )
                    )
                )
            ),
            FALSE
        ) AS is_self_reported
    FROM stg_source AS s
)

SELECT
    s.source_id,
    s.publisher,
    s.publisher_name,
    s.title,
    s.published_on,
    s.language,
    s.url,
    if(s.is_self_reported, 'self-reported', s.tier) AS tier,
    s.is_self_reported,
    CASE
        WHEN s.is_self_reported THEN 5
        WHEN s.tier = 'official' THEN 1
        WHEN s.tier = 'journal' THEN 2
        WHEN s.tier = 'newspaper' THEN 3
        ELSE 4
    END AS tier_order,
    coalesce(r.role = 'coordinates_only', FALSE) AS is_coordinates_only,
    coalesce(f.figure_count, 0) AS figure_count
FROM source AS s
LEFT JOIN stg_source_role AS r ON s.source_id = r.source_id
LEFT JOIN (
    SELECT
        source_id,
        count(*) AS figure_count
    FROM fct_statement
    GROUP BY source_id
) AS f ON s.source_id = f.source_id
