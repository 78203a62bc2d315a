"""What the tests of wide tables share: the cases, a table of every part, and what is found."""

from pathlib import Path

from dashboard.intake.layout import Shape

CASES = Path(__file__).parent / "cases"
PATIENTS = Shape(fixed={"metric": "foreign_patients"})
YEARS = [
    ["외국인환자 유치 현황"],
    ["(단위: 천명)"],
    ["시도", "2031", "2032(잠정)"],
    ["대구", 1.5, 2],
    ["부산", 3, "-"],
    ["합계", 4.5, 2],
    ["주) 실환자 기준"],
    ["자료: 보건복지부"],
]


def rules(delivery, severity="error"):
    return {finding.rule for finding in delivery.findings if finding.severity == severity}
