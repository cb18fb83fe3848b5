"""Reports: what a run becomes on paper, on a screen or in a workbook; each plug-in turns a ReportSource into a Document."""
