"""Kill -9 of web process, worker, job and whole server under load, on both databases."""
