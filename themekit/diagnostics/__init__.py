"""What users see when something is wrong: spans and diagnostics as values, and their renderers."""

from themekit.diagnostics.diagnostic import Code, Diagnostic, Fix, Note, Reporter, Severity, Span

__all__ = ["Code", "Diagnostic", "Fix", "Note", "Reporter", "Severity", "Span"]
