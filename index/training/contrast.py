"""The loss: in a batch each text is to be nearer its own partner than everybody else's, both ways, at several widths.

It is sentence-transformers' MultipleNegativesRankingLoss with MatryoshkaLoss, written out: as no cosine is over 1, one
table of exponentials serves both ways, which halves the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch.nn import functional


class _BothWays(torch.autograd.Function):
    """Cross entropy of each row's and of each column's own partner, of vectors that are as long as 1."""

    @staticmethod
    def forward(ctx: Any, left: torch.Tensor, right: torch.Tensor, scale: float) -> torch.Tensor:
        cosines = left @ right.T
        own = scale * (cosines.diagonal() - 1)
        raised = cosines.sub_(1).mul_(scale).exp_()
        rows, columns = raised.sum(1), raised.sum(0)
        ctx.save_for_backward(left, right, raised, rows, columns)
        ctx.scale = scale
        return (rows.log() + columns.log() - 2 * own).mean()

    @staticmethod
    def backward(ctx: Any, *grads: Any) -> Any:
        left, right, raised, rows, columns = ctx.saved_tensors
        shares = raised * (1 / rows[:, None] + 1 / columns)
        shares.diagonal().sub_(2)
        shares *= grads[0] * ctx.scale / len(left)
        return shares @ right, shares.T @ left, None


def loss_of(left: torch.Tensor, right: torch.Tensor, widths: Sequence[int], scale: float) -> torch.Tensor:
    """How badly partners find each other, summed over the widths; `scale` is how sharply cosines are told apart.

    >>> far = loss_of(torch.eye(4), torch.eye(4).roll(1, 0), widths=(4,), scale=20.0)
    >>> near = loss_of(torch.eye(4), torch.eye(4), widths=(4,), scale=20.0)
    >>> round(far.item(), 3), round(near.item(), 3)
    (40.0, 0.0)
    """
    total = torch.zeros(())
    for width in widths:
        sides = (functional.normalize(side[:, :width]) for side in (left, right))
        total = total + _BothWays.apply(*sides, scale)  # type: ignore[no-untyped-call]
    return total
