"""`{% load rendered %}`, then `{{ note.body|rendered }}`."""

from django import template

from papers.rendering import render

register = template.Library()


@register.filter
def rendered(text):
    """A curator's Markdown as safe HTML. Nothing, where there is no text."""
    return render(text or "")
