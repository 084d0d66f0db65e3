"""Who may not publish changes nothing that readers see: the rule, once, for what comes by intake.

Drafts are free. Of a public paper only notes come in, which are private, and entries in sections
that readers do not see.
"""


def hold_back(planned):
    """Takes out of a public paper's plan what readers would see; its outcome's `held` names it."""
    outcome = planned.outcome
    outcome.held += [pair for pair in outcome.fills.items() if pair[0] != "label"]
    outcome.fills = {}
    for entering in list(planned.entering):
        if entering.place.section is None or not entering.place.section.visible:
            outcome.fills |= entering.fills
        elif entering.is_new:
            planned.entering.remove(entering)
            outcome.places.remove(entering.place)
            outcome.held.append(("entry", entering.place))
            outcome.held += [("note", next(iter(n.text.values()))) for n in entering.notes]
        else:
            outcome.held += entering.fills.items()
            entering.fills = {}
    outcome.held += [("link", link.url) for link in planned.links]
    outcome.held += [("tag", name) for name in planned.tags]
    outcome.held += [
        ("relation", relation.to)
        for relation in planned.record.relations
        if (relation.kind, relation.to) not in planned.known.relations
    ]
    planned.links, planned.tags, planned.record.relations = [], [], []
    entries = sum(entering.is_new for entering in planned.entering)
    notes = len(planned.notes) + sum(len(entering.notes) for entering in planned.entering)
    outcome.adds = ["entry"] * entries + ["note"] * notes
