-- Sources of the record, with the publisher's name freed of remarks in brackets.
-- grain: one row per source
-- reads: raw.sources
SELECT
    source_id,
    publisher,
    regexp_replace(publisher, '\s*\(.*\)$', '') AS publisher_name,
    title_en AS title,
    published_on,
    language,
    url,
    tier,
    starts_with(source_id, 'handed-in-') AS is_file_itself,
    batch_id
FROM raw.sources
