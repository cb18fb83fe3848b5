"""Importer of the computers and mobile devices of Jamf Pro."""
