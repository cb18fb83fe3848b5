"""Who may do what where: policy table, roles, district scope and the gate that every request passes."""
