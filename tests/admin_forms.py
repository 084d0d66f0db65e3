"""What a browser would send: the fields of an admin page, filled in as they are shown."""

from django.urls import reverse


def url(page, obj_or_model, *args):
    """The URL of an admin page of a model, such as `changelist`, or of an object."""
    if not isinstance(obj_or_model, type):
        args = (obj_or_model.pk, *args)
    return reverse(f"admin:papers_{obj_or_model._meta.model_name}_{page}", args=args)


def shown(response):
    """The names and values of all fields of the forms on an admin page."""
    assert response.status_code == 200, response.status_code
    context = response.context
    data = {}
    if "adminform" in context:
        data |= values(context["adminform"].form)
    for inline in context.get("inline_admin_formsets", []):
        data |= formset_values(inline.formset)
    if context.get("cl") and context["cl"].formset:
        data |= formset_values(context["cl"].formset)
    return data


def formset_values(formset):
    data = values(formset.management_form)
    for form in formset.forms:
        data |= values(form)
    return data


def values(form):
    data = {}
    for bound in form:
        data |= {} if bound.field.disabled else _sent(bound)
    return data


def _sent(bound):
    widget, value = bound.field.widget, bound.value()
    if isinstance(value, bool):
        return {bound.html_name: "on"} if value else {}
    if hasattr(widget, "widgets"):
        parts = enumerate(widget.decompress(value))
        return {f"{bound.html_name}_{number}": part or "" for number, part in parts}
    if isinstance(value := widget.format_value(value), (list, tuple)):
        value = value[0] if value else None
    return {} if value is None else {bound.html_name: value}


def save(client, address, **changes):
    """Opens a form, changes some of its fields and sends it."""
    data = shown(client.get(address)) | changes
    return client.post(address, {name: value for name, value in data.items() if value is not None})


def errors(response):
    """All that the forms of a page have to complain about, as one text."""
    assert response.status_code == 200, f"{response.status_code}: it was accepted or forbidden"
    return " ".join(str(message) for error in response.context["errors"] for message in error)


def act(client, action, *objects, **data):
    """Takes a bulk action on these objects, or goes through with it where data says `apply`."""
    pks = [obj.pk for obj in objects]
    return client.post(
        url("changelist", type(objects[0])),
        {"action": action, "_selected_action": pks, **data},
        follow=True,
    )


def messages(response):
    return [str(message) for message in response.context["messages"]]
