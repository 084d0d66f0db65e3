"""Turns records into drafts: match, plan, preview, apply. The only bulk writer.

    report = preview(plan(items, options))      # writes nothing
    report = apply(plan(items, options))        # writes all of it, or nothing

A plan is a stream, gone through once: a list of any length goes through in pieces.
"""

from papers.intake.apply import apply, preview
from papers.intake.options import Options
from papers.intake.plan import plan
from papers.intake.report import Report

__all__ = ["Options", "Report", "apply", "plan", "preview"]
