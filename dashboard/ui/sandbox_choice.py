"""What the reader chose in the sandbox: KPIs, weights, scale and spread. All of it in the URL."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.render.screen.address import write
from dashboard.review.composite import Scale
from dashboard.ui.filter_bar import url_choice

LEAST, MOST = 2, 5
"""How many KPIs a composite has."""
_EQUAL = 50
"""Every weight, until the reader chooses."""
_SCALES = ("minmax", "percentile")
_SPREADS = ("10", "30", "100")


@dataclass(frozen=True)
class SandboxChoice:
    """A composite that the reader made."""

    metrics: tuple[str, ...]
    weights: tuple[int, ...]
    """0 to 100, in the order of the metrics; of any sum."""
    scale: Scale
    concentration: int
    """Of the Dirichlet distribution; the higher, the nearer to the chosen weights."""

    @property
    def is_complete(self) -> bool:
        """There are KPIs enough, and one of them weighs something."""
        return len(self.metrics) >= LEAST and any(self.weights)


def sandbox_choice(names: dict[str, str]) -> SandboxChoice:
    """Draw the controls of at least two KPIs, by their names, and read them from the URL."""
    with st.container(horizontal=True, key="cr-sandbox", vertical_alignment="top"):
        metrics = _url_metrics(names)
        scale = url_choice(
            "scale",
            _("Made comparable by"),
            _SCALES,
            _SCALES[0],
            partial(label, "scale"),
            width=300,
        )
        spread = url_choice(
            "spread",
            _("Draws around the weights"),
            _SPREADS,
            "30",
            partial(label, "spread"),
            width=240,
        )
    with st.container(horizontal=True, key="cr-weights", vertical_alignment="bottom"):
        weights = _url_weights(metrics, names)
    return SandboxChoice(metrics, weights, cast("Scale", scale), int(spread))


def _url_metrics(names: dict[str, str]) -> tuple[str, ...]:
    """KPIs of the URL that there are; the first two where it names none of them."""
    written = st.query_params.get("kpis", "").split(",")
    known = list(dict.fromkeys(code for code in written if code in names))[:MOST]
    chosen = known or list(names)[:LEAST]
    st.session_state["kpis"] = chosen
    st.multiselect(
        _("KPIs ({least} to {most})").format(least=LEAST, most=MOST),
        list(names),
        key="kpis",
        format_func=names.__getitem__,
        max_selections=MOST,
        on_change=_metrics_to_url,
        width=520,
    )
    return tuple(chosen)


def _metrics_to_url() -> None:
    """Other KPIs begin with equal weights."""
    write({"kpis": ",".join(st.session_state["kpis"]), "weights": None})


def _url_weights(metrics: Sequence[str], names: dict[str, str]) -> tuple[int, ...]:
    """Weights of the URL; equal ones where they do not fit the KPIs."""
    written = st.query_params.get("weights", "").split(",")
    fits = len(written) == len(metrics) and all(_is_weight(text) for text in written)
    weights = [int(text) for text in written] if fits else [_EQUAL] * len(metrics)
    for metric, weight in zip(metrics, weights, strict=True):
        st.session_state[f"weight-{metric}"] = weight
        st.number_input(
            _("Weight: {name}").format(name=names[metric]),
            min_value=0,
            max_value=100,
            step=5,
            key=f"weight-{metric}",
            on_change=_weights_to_url,
            args=(tuple(metrics),),
            width=260,
        )
    return tuple(weights)


def _is_weight(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= 100


def _weights_to_url(metrics: tuple[str, ...]) -> None:
    weights = ",".join(str(st.session_state[f"weight-{metric}"]) for metric in metrics)
    write({"weights": weights})
