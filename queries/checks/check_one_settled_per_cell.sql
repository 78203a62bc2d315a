-- A cell has one settled claim at most, and none only where every claim is left out.
-- grain: one row per cell
-- reads: fct_claim
SELECT
    cell_id,
    count_if(is_settled) AS settled_count,
    count_if(agreement NOT IN ('left out', 'not compared')) AS candidate_count
FROM fct_claim
GROUP BY cell_id
HAVING settled_count <> least(candidate_count, 1)
