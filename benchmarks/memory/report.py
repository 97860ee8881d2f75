"""How the benchmark speaks: headings, and a verdict a line."""


def heading(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def check(
    name: str, figure: float, *, at_most: float | None = None, at_least: float | None = None
) -> None:
    """Print a figure beside its target, and whether it is kept."""
    is_kept = (at_most is None or figure <= at_most) and (at_least is None or figure >= at_least)
    target = f"<= {at_most:g}" if at_most is not None else f">= {at_least:g}"
    print(f"{'kept  ' if is_kept else 'MISSED'}  {name}: {figure:.4f} (target {target})")
