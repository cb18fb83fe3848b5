"""The form of the district's own settings: texts as a person writes them, checked by the use case."""

from django import forms

from throughline.web.accounts.forms import MONTHS

POLICIES = [("rule_order", "in the order of the funds"), ("given_amounts", "by amounts we decided")]


class DistrictSettingsForm(forms.Form):
    """Settings of the district."""

    name = forms.CharField(max_length=200, label="Name of the district")
    state = forms.RegexField(
        r"^[A-Za-z]{2}$", label="State", required=False, help_text="Two letters; adds the state's rules."
    )
    nces_id = forms.CharField(max_length=20, label="NCES number", required=False)
    fiscal_year_start_month = forms.ChoiceField(choices=MONTHS, label="The fiscal year starts in")
    allocation_policy = forms.ChoiceField(choices=POLICIES, label="Funds pay")
    capitalization_threshold = forms.CharField(
        max_length=20,
        required=False,
        label="Capital from",
        help_text="Dollars for one unit. Empty takes the rulebook's figure.",
    )
    local_bid_threshold = forms.CharField(
        max_length=20, required=False, label="Bids needed from", help_text="Dollars. Empty takes the rulebook's figure."
    )
    board_approval_threshold = forms.CharField(
        max_length=20,
        required=False,
        label="The board approves from",
        help_text="Dollars. Empty takes the rulebook's figure.",
    )
    operating_budget = forms.CharField(
        max_length=20,
        required=False,
        label="Operating budget of a year",
        help_text="Dollars. For technology's share of the budget; no cost uses it.",
    )
    taxable_value = forms.CharField(
        max_length=20,
        required=False,
        label="Full value of taxable property",
        help_text="Dollars. Districts of similar wealth are found by it.",
    )
    finance_code = forms.CharField(
        max_length=20,
        required=False,
        label="Number in the state's finance files",
        help_text="New York: the code of the State Comptroller, 12 digits.",
    )
    meeting_date = forms.DateField(
        required=False, label="Board meeting", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    agenda_number = forms.CharField(max_length=20, required=False, label="Agenda number")
    superintendent_title = forms.CharField(max_length=80, label="Title of the superintendent")
