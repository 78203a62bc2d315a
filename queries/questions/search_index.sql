-- What can be found by name: which events, agreements, institutions and sources does the
-- record have?
-- grain: one row per event, agreement, institution and source
-- reads: dim_event, fct_agreement, dim_institution, dim_source
-- returns: kind VARCHAR
-- returns: code VARCHAR
-- returns: title VARCHAR
-- returns: title_ko VARCHAR
-- returns: place VARCHAR
-- returns: publisher VARCHAR
-- returns: region VARCHAR
-- returns: year INTEGER
-- returns: date_on VARCHAR
-- returns: type VARCHAR
-- returns: url VARCHAR
-- returns: parties VARCHAR[]
-- returns: event_id VARCHAR
SELECT
    'event' AS kind,
    event_id AS code,
    title_en AS title,
    title_ko,
    city_en AS place,
    NULL AS publisher,
    owner_region AS region,
    year,
    start_on AS date_on,
    event_type AS type,
    NULL AS url,
    cast(NULL AS VARCHAR[]) AS parties,
    event_id
FROM dim_event
UNION ALL BY NAME
SELECT
    'agreement' AS kind,
    agreement_id AS code,
    subject_en AS title,
    subject_ko AS title_ko,
    regions[1] AS region,
    year,
    signed_on AS date_on,
    kind AS type,
    list_concat(parties, other_parties) AS parties,
    event_id
FROM fct_agreement
UNION ALL BY NAME
SELECT
    'institution' AS kind,
    institution_id AS code,
    name_en AS title,
    name_ko AS title_ko,
    city AS place,
    region,
    kind AS type
FROM dim_institution
UNION ALL BY NAME
SELECT
    'source' AS kind,
    source_id AS code,
    title,
    publisher,
    published_on AS date_on,
    tier AS type,
    url
FROM dim_source
ORDER BY kind, code
