"""Length of a contract in months, and the longest it can become: the first question of the short-term exception.

Maximum possible term = contracted term + every extension option, however unlikely - periods that both parties may cancel
without penalty (GASB 87, GASB 96; domain 2.3). Days beyond whole months count as a month: 12 months and a day are not
12 months.
"""

from datetime import date, timedelta


def months_of(start: date, end: date) -> int:
    """Months from `start` to `end` inclusive, begun months counted whole; 0 when it ends before it begins."""
    if end < start:
        return 0
    after = end + timedelta(days=1)
    months = (after.year - start.year) * 12 + after.month - start.month
    return months + (after.day > start.day)


def longest_term(term_months: int, option_months: int = 0, cancellable_months: int = 0) -> int:
    """Months of the maximum possible term."""
    return max(0, term_months + option_months - cancellable_months)
