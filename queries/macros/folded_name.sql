-- A name as it is compared with others: without case, brackets and spaces around it.
CREATE MACRO folded_name(name) AS lower(trim(regexp_replace(name, '[()]', '', 'g'))); -- noqa: CP05
