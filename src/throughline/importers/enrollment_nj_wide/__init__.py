"""New Jersey fall enrollment workbooks."""
