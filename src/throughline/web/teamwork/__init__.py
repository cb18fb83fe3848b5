"""What people do together: tasks and reviews, comments, versions, decisions, mail, publishing."""
