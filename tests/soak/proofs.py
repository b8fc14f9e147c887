"""The long proofs, by name. A new one is a module with a `PROOF`, named here."""

from tests.soak import deadline, kills, pages, replays, uploads, workbooks
from tests.soak.page import Proof

PROOFS: dict[str, Proof] = {
    proof.name: proof
    for proof in (replays.PROOF, kills.PROOF, workbooks.PROOF, deadline.PROOF, uploads.PROOF, pages.PROOF)
}
