"""What people write: sections, placeholders, claims and how each is judged."""

from __future__ import annotations

from cspanalysis.commentary.claims import Claim, ClaimVerdict, check_claims

__all__ = ["Claim", "ClaimVerdict", "check_claims"]
