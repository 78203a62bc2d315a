-- On which sources does the record rest?
-- grain: one row per source_id
-- reads: dim_source
-- returns: source_id VARCHAR
-- returns: publisher VARCHAR
-- returns: title VARCHAR
-- returns: published_on VARCHAR
-- returns: tier VARCHAR
-- returns: language VARCHAR
-- returns: url VARCHAR
-- returns: figure_count BIGINT (figures)
-- returns: is_coordinates_only BOOLEAN
SELECT
    source_id,
    publisher,
    title,
    published_on,
    tier,
    language,
    url,
    figure_count,
    is_coordinates_only
FROM dim_source
ORDER BY tier_order, published_on DESC NULLS LAST, source_id
