"""Gateways: a policy into the files of each, and what a policy means whoever enforces it."""
