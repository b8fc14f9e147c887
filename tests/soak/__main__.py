"""`python -m tests.soak [NAME…]`: run the long proofs, or those named, and write docs/soak.md. Exit 1 where one fails."""

import sys

from rich.console import Console

from tests.soak.page import put
from tests.soak.proofs import PROOFS


def main(names: list[str]) -> int:
    console = Console(highlight=False)
    unknown = [name for name in names if name not in PROOFS]
    if unknown:
        console.print(f"no proof {', '.join(unknown)}; there are: {', '.join(PROOFS)}")
        return 2
    broken = 0
    for proof in (PROOFS[name] for name in names or PROOFS):
        console.print(f"[bold]{proof.title}[/bold]")
        outcome = proof.run(lambda text: console.print(f"  {text}", markup=False))
        put(proof.title, outcome.text)
        for line in outcome.broken[:50]:
            console.print(f"  broken: {line}", markup=False, soft_wrap=True)
        broken += len(outcome.broken)
    console.print("all hold" if not broken else f"{broken} do not hold")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
