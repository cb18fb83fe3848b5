"""Records that count few students: for those who keep the plan's records, not for everybody who reads the plan.

Boards, auditors and agencies see the figures made from them, which no small count enters (`engine.views.equity_privacy`).
"""

NOUNS = frozenset({"group_counts"})
ACTION = "plan.edit"  # who may change the records may read them
