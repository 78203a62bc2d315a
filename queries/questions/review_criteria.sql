-- In which stages and by which criteria did a programme judge in a year?
-- Points only where they were published; most calls published none.
-- grain: one row per criterion
-- reads: dim_criterion
-- param: $programme VARCHAR in dim_programme.programme_id. Code of the programme.
-- param: $year INTEGER. Year of the review.
-- returns: stage VARCHAR
-- returns: stage_count INTEGER (stages of the review, all rows alike; no value where they are not numbered)
-- returns: criterion_en VARCHAR
-- returns: criterion_ko VARCHAR
-- returns: max_points DECIMAL (points)
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
SELECT
    stage,
    max(cast(list_max(regexp_extract_all(stage, '[0-9]+')) AS INTEGER)) OVER () AS stage_count,
    criterion_en,
    criterion_ko,
    max_points,
    note,
    source_ids
FROM dim_criterion
WHERE programme_id = $programme AND year = $year
ORDER BY criterion_line
