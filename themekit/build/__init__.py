"""Joins the stages: which reads which, and the single writer."""
