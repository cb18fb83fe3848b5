"""Demand: pupils to come, devices needed, and what has to be bought for them."""
