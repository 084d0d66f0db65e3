"""Turns records into drafts: match, plan, preview, apply. The only bulk writer.

    items = list(complete(items, access))       # asks what bare identifiers stand for
    report = preview(plan(items, options))      # writes nothing
    report = apply(plan(items, options))        # writes all of it, or nothing

Each is a stream, gone through once: a list of any length goes through in pieces. But
registries take their time, and `apply` locks the list from its first item on: what is completed
is held, in memory or in a file, before it is applied.
"""

from papers.intake.apply import apply, preview
from papers.intake.complete import complete
from papers.intake.options import Options
from papers.intake.plan import plan
from papers.intake.report import Report

__all__ = ["Options", "Report", "apply", "complete", "plan", "preview"]
