-- Whether a figure is of a group, such as KR-27;KR-47, that the member is one of.
CREATE MACRO is_shared_by(together, member) AS -- noqa: CP05
contains(together, ';') AND list_contains(string_split(together, ';'), member);
