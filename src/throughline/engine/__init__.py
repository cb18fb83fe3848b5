"""The pure planning engine: plain values in, plain values out; no files, clock, network or environment."""
