-- What a figure can be of: the regions, and the groups of regions (`KR-11;KR-41`) that cannot be split.
-- grain: one row per region or group
-- reads: dim_region, fct_figure
SELECT region
FROM dim_region
UNION
SELECT region
FROM fct_figure
