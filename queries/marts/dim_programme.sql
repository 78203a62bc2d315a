-- Programmes. The cluster line is the ministry's medical tourism cluster and its two successors.
-- grain: one row per programme_id
-- reads: stg_programme
SELECT
    programme_id,
    name_en,
    name_ko,
    ministry,
    programme_id IN ('mct-cluster', 'convergence-cluster', 'wellness-cluster') AS is_cluster_line
FROM stg_programme
