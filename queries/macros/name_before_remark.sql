-- What stands of a printed name before a bracket or a comma, which may be its place or its legal form.
CREATE MACRO name_before_remark(name) AS -- noqa: CP05
replace(regexp_replace(trim(name), '( [(]|, ).*$', ''), 'Univ.', 'University');
