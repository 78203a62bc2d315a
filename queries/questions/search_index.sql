-- What can be found: which events, who and what at them, which agreements, institutions and sources?
-- Who took part and what stood in the programme carries the event, and the further words it has.
-- grain: one row per event, agreement, participant, thing of a programme, institution and source
-- reads: dim_event, fct_agreement, fct_event_participant, fct_event_programme, dim_institution, dim_source
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
-- returns: event_title VARCHAR
-- returns: event_title_ko VARCHAR
-- returns: words VARCHAR[]
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
    event_id,
    NULL AS event_title,
    NULL AS event_title_ko,
    cast(NULL AS VARCHAR[]) AS words
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
    'participant' AS kind,
    p.event_id AS code,
    p.participant AS title,
    p.participant_ko AS title_ko,
    e.owner_region AS region,
    p.participant_role AS type,
    e.title_en AS event_title,
    e.title_ko AS event_title_ko,
    list_concat([i.name_en, i.name_ko, p.note], i.other_names) AS words
FROM fct_event_participant AS p
INNER JOIN dim_event AS e ON p.event_id = e.event_id
LEFT JOIN dim_institution AS i ON p.institution_id = i.institution_id
UNION ALL BY NAME
SELECT
    'programme' AS kind,
    p.event_id AS code,
    p.text AS title,
    p.text_ko AS title_ko,
    e.owner_region AS region,
    p.programme_kind AS type,
    e.title_en AS event_title,
    e.title_ko AS event_title_ko,
    [p.given_by, p.given_by_ko, p.institution, p.institution_ko, p.note] AS words
FROM fct_event_programme AS p
INNER JOIN dim_event AS e ON p.event_id = e.event_id
UNION ALL BY NAME
SELECT
    'institution' AS kind,
    institution_id AS code,
    name_en AS title,
    name_ko AS title_ko,
    city AS place,
    kind AS type,
    other_names AS words
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
