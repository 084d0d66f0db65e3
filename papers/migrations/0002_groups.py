"""The groups Curator and Editor. What they may do beyond their permissions, see papers/admin/."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

CURATOR = {
    "add": ["entry", "link", "note", "paper", "relation", "tag", "taggedpaper"],
    "change": ["entry", "link", "note", "paper", "relation", "taggedpaper"],
    "delete": ["entry", "link", "note", "relation", "taggedpaper"],
}
CONTENT = [*CURATOR["add"], "readinglist", "section"]
# The list's profile is one row, which stays.
EDITOR = {
    "add": CONTENT,
    "change": CONTENT,
    "delete": [model for model in CONTENT if model != "readinglist"],
    "publish": ["paper"],
}


def make_groups(apps, schema_editor):
    using = schema_editor.connection.alias
    # Django creates permissions only after all migrations; on an empty database that is too
    # late for this one.
    for label in ("papers", "journal"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, using=using, verbosity=0)
        config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    groups = apps.get_model("auth", "Group").objects.using(using)
    of_papers = permissions.filter(content_type__app_label="papers")
    to_view = permissions.filter(
        content_type__app_label__in=["papers", "journal"], codename__startswith="view_"
    )
    for name, rights in (("Curator", CURATOR), ("Editor", EDITOR)):
        codenames = [f"{action}_{model}" for action, models in rights.items() for model in models]
        group, _ = groups.get_or_create(name=name)
        group.permissions.add(*to_view, *of_papers.filter(codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0001_initial"),
        ("journal", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        # Undone, the groups stay: somebody may be in them.
        migrations.RunPython(make_groups, migrations.RunPython.noop),
    ]
