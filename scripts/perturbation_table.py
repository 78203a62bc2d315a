"""By how much counts of visits are changed: prints `data/protection/perturbation_table.csv`.

    python scripts/perturbation_table.py > data/protection/perturbation_table.csv

For each threshold and count of visits it has the most even distribution of changes (maximum
entropy) with mean 0 and the same variance for all counts that leads to none below 0 nor from 1 to
below the threshold: Marley and Leaver, A method for confidentialising user-defined tables (2011);
Giessing, Computational issues in the design of transition probabilities (2016).
"""

import csv
import sys

import numpy as np
from scipy.optimize import minimize

THRESHOLDS = range(2, 11)
SHARES = 2**16


def variance(threshold: int) -> int:
    """Of the changes: a count halfway to the threshold needs a quarter of its square."""
    return max(3, threshold**2 // 4 + 1)


def deviation(threshold: int) -> int:
    """The largest change: of one visit, which can lose only itself, more than the variance."""
    return variance(threshold) + 2


def distribution(count: int, threshold: int) -> dict[int, int]:
    """Change → how many of `SHARES` keys take it, for one count.

    The distribution of most entropy under a mean and a variance is exp(a x + b x²) over what is
    allowed; a and b minimise the convex dual.
    """
    most = deviation(threshold)
    allowed = np.array(
        [
            shown - count
            for shown in range(max(0, count - most), count + most + 1)
            if shown == 0 or shown >= threshold
        ],
        dtype=float,
    )
    moments = np.stack([allowed, allowed**2 - variance(threshold)])

    def dual(weights: np.ndarray) -> tuple[float, np.ndarray]:
        exponents = weights @ moments
        top = exponents.max()
        parts = np.exp(exponents - top)
        whole = parts.sum()
        return top + float(np.log(whole)), moments @ parts / whole

    found = minimize(dual, np.zeros(2), jac=True, method="BFGS", options={"gtol": 1e-10})
    exponents = found.x @ moments
    shares = np.exp(exponents - exponents.max())
    parts = np.floor(shares / shares.sum() * SHARES).astype(int)
    parts[np.argmax(parts)] += SHARES - parts.sum()
    return {int(change): int(part) for change, part in zip(allowed, parts, strict=True) if part}


def main() -> None:
    """Print the table."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["threshold", "count", "change", "parts"])
    for threshold in THRESHOLDS:
        for count in range(1, deviation(threshold) + threshold + 1):
            for change, parts in distribution(count, threshold).items():
                out.writerow([threshold, count, change, parts])


if __name__ == "__main__":
    main()
