"""From a PlanResult to a ReportSource."""
