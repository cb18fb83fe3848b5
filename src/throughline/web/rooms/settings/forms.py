"""The form of the district's own settings: texts as a person writes them, checked by the use case."""

from django import forms
from django.utils.translation import gettext_lazy

from throughline.web.accounts.forms import MONTHS

POLICIES = [("rule_order", "in the order of the funds"), ("given_amounts", "by amounts we decided")]


class DistrictSettingsForm(forms.Form):
    """Settings of the district."""

    name = forms.CharField(max_length=200, label=gettext_lazy("Name of the district"))
    state = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=gettext_lazy("State"),
        required=False,
        help_text=gettext_lazy("Two letters; adds the state's rules."),
    )
    nces_id = forms.CharField(max_length=20, label=gettext_lazy("NCES number"), required=False)
    fiscal_year_start_month = forms.ChoiceField(choices=MONTHS, label=gettext_lazy("The fiscal year starts in"))
    allocation_policy = forms.ChoiceField(choices=POLICIES, label=gettext_lazy("Funds pay"))
    capitalization_threshold = forms.CharField(
        max_length=20,
        required=False,
        label=gettext_lazy("Capital from"),
        help_text=gettext_lazy("Dollars for one unit. Empty takes the rulebook's figure."),
    )
    local_bid_threshold = forms.CharField(
        max_length=20,
        required=False,
        label=gettext_lazy("Bids needed from"),
        help_text=gettext_lazy("Dollars. Empty takes the rulebook's figure."),
    )
    board_approval_threshold = forms.CharField(
        max_length=20,
        required=False,
        label=gettext_lazy("The board approves from"),
        help_text=gettext_lazy("Dollars. Empty takes the rulebook's figure."),
    )
    operating_budget = forms.CharField(
        max_length=20,
        required=False,
        label=gettext_lazy("Operating budget of a year"),
        help_text=gettext_lazy("Dollars. For technology's share of the budget; no cost uses it."),
    )
    taxable_value = forms.CharField(
        max_length=20,
        required=False,
        label=gettext_lazy("Full value of taxable property"),
        help_text=gettext_lazy("Dollars. Districts of similar wealth are found by it."),
    )
    finance_code = forms.CharField(
        max_length=20,
        required=False,
        label=gettext_lazy("Number in the state's finance files"),
        help_text=gettext_lazy("New York: the code of the State Comptroller, 12 digits."),
    )
    meeting_date = forms.DateField(
        required=False,
        label=gettext_lazy("Board meeting"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    agenda_number = forms.CharField(max_length=20, required=False, label=gettext_lazy("Agenda number"))
    superintendent_title = forms.CharField(max_length=80, label=gettext_lazy("Title of the superintendent"))
