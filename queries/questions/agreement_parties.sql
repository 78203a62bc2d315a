-- Who are the parties of an agreement, and which institution of the record is each?
-- A party is a name as printed; without an institution the record knows no more of it.
-- grain: one row per is_of_region and place
-- reads: fct_agreement_party, fct_agreement, dim_institution
-- param: $agreement_id VARCHAR in fct_agreement.agreement_id. The agreement.
-- returns: party VARCHAR
-- returns: is_of_region BOOLEAN
-- returns: place BIGINT
-- returns: institution_id VARCHAR
-- returns: institution_kind VARCHAR
-- returns: city VARCHAR
-- returns: country VARCHAR
-- returns: source_ids VARCHAR[]
SELECT
    p.party,
    p.is_of_region,
    p.place,
    p.institution_id,
    i.kind AS institution_kind,
    i.city,
    i.country,
    a.source_ids
FROM fct_agreement_party AS p
INNER JOIN fct_agreement AS a ON p.agreement_id = a.agreement_id
LEFT JOIN dim_institution AS i ON p.institution_id = i.institution_id
WHERE p.agreement_id = $agreement_id
ORDER BY p.is_of_region DESC, p.place
