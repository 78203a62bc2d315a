-- The parties of agreements, each by itself. They are names as printed: one is the institution whose
-- name it is, whole or before a bracket or a comma; any other is left unknown.
-- grain: one row per agreement_id, is_of_region and place
-- reads: fct_agreement, dim_institution_name
WITH side AS (
    SELECT
        agreement_id,
        TRUE AS is_of_region,
        parties AS names
    FROM fct_agreement
    UNION ALL
    SELECT
        agreement_id,
        FALSE AS is_of_region,
        other_parties AS names
    FROM fct_agreement
),

party AS (
    SELECT
        agreement_id,
        is_of_region,
        unnest(names) AS party,
        generate_subscripts(names, 1) AS place
    FROM side
)

SELECT
    p.agreement_id,
    p.is_of_region,
    p.place,
    p.party,
    coalesce(w.institution_id, b.institution_id) AS institution_id
FROM party AS p
LEFT JOIN dim_institution_name AS w ON folded_name(p.party) = w.name
LEFT JOIN dim_institution_name AS b ON folded_name(name_before_remark(p.party)) = b.name
