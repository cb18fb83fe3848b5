"""Shared work: documents, versions, decisions, tasks and mail, built once for every room."""
