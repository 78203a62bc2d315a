-- Sources, with the number of figures each prints.
-- grain: one row per source_id
-- reads: stg_source, stg_source_role, fct_statement
SELECT
    s.source_id,
    s.publisher,
    s.publisher_name,
    s.title,
    s.published_on,
    s.language,
    s.url,
    s.tier,
    CASE s.tier WHEN 'official' THEN 1 WHEN 'journal' THEN 2 WHEN 'newspaper' THEN 3 ELSE 4 END
        AS tier_order,
    coalesce(r.role = 'coordinates_only', FALSE) AS is_coordinates_only,
    coalesce(f.figure_count, 0) AS figure_count
FROM stg_source AS s
LEFT JOIN stg_source_role AS r ON s.source_id = r.source_id
LEFT JOIN (
    SELECT
        source_id,
        count(*) AS figure_count
    FROM fct_statement
    GROUP BY source_id
) AS f ON s.source_id = f.source_id
