-- Names by which an institution is recognised where no id is given; a name that several institutions
-- have says nothing and is left out.
-- grain: one row per name
-- reads: dim_institution
WITH known_name AS (
    SELECT
        institution_id,
        folded_name(unnest(list_concat([name_en, name_ko], other_names))) AS name
    FROM dim_institution
)

SELECT
    name,
    min(institution_id) AS institution_id
FROM known_name
WHERE name IS NOT NULL
GROUP BY name
HAVING count(DISTINCT institution_id) = 1
