"""JSON fixtures: written as Django writes them, read so that an error names its object.

Registered for `json` in SERIALIZATION_MODULES. The objects of the list may stand in any order
in a file; the models' own rules hold for them as they do in forms. Other models are read as
Django reads them.
"""

import difflib
import json
from contextlib import contextmanager

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.core.serializers.base import (
    DEFER_FIELD,
    DeserializationError,
    DeserializedObject,
    build_instance,
    deserialize_fk_value,
)
from django.core.serializers.json import Serializer
from django.core.serializers.python import Deserializer as PythonDeserializer
from django.db import DatabaseError, transaction

from papers import triggers
from papers.models import (
    Entry,
    Link,
    Note,
    Paper,
    ReadingList,
    Relation,
    Section,
    Tag,
    TaggedPaper,
)

__all__ = ["Deserializer", "FixtureError", "FixtureObject", "Serializer"]

#: The fields that an object of the list is known by. What others refer to comes first.
KNOWN_BY = {
    ReadingList: ("slug",),
    Section: ("slug",),
    Tag: ("name",),
    Paper: ("key",),
    Entry: ("section", "paper"),
    Link: ("paper", "url"),
    Relation: ("from_paper", "kind", "to_paper"),
    TaggedPaper: ("content_object", "tag"),
    Note: ("uid",),
}
_ORDER = list(KNOWN_BY)


class FixtureError(DeserializationError):
    """What is wrong with which object of a fixture: one sentence, without the file's name."""

    def __init__(self, sentence):
        super().__init__(sentence)
        # Kept apart, because loaddata rewrites the arguments on the way up.
        self.sentence = " ".join(sentence.split())


class FixtureObject(DeserializedObject):
    """An object of the list as read from a fixture. Saving it raises no error but FixtureError;
    the transaction around it can go on after one."""

    def __init__(self, name, using, instance, deferred_fields):
        super().__init__(instance, {}, deferred_fields)
        self.name = name
        self.using = using

    def save(self, save_m2m=True, using=None, **kwargs):
        using = using or self.using
        with _naming(self.name):
            _check_fields(self.object)
            try:
                with transaction.atomic(using=using):
                    super().save(save_m2m, using, **kwargs)
            except DatabaseError as error:
                _say_in_our_words(error, self.object)
                raise


class Deserializer(PythonDeserializer):
    """Reads a JSON fixture. Whoever iterates saves each object before taking the next."""

    def __init__(self, stream_or_string, **options):
        super().__init__(_read(stream_or_string), **options)
        # All that a reference to a section of this file can look like.
        self._sections = [
            reference
            for node in self.stream
            if _model(node) is Section
            for reference in ([node["fields"].get("slug")], node.get("pk"))
        ]
        self._loaded = set()

    def __iter__(self):
        for number, node in sorted(enumerate(self.stream, 1), key=_place):
            name = _name(node, number)
            with _naming(name):
                _check_node(node)
                model = _model(node)
                if model in KNOWN_BY:
                    yield from self._read_content(node, name)
                elif model or self.ignorenonexistent:
                    yield from self._handle_object(node)
                else:
                    raise ValidationError(f"There is no model “{node['model']}”.")

    def _read_content(self, node, name):
        instance, deferred = self._build(_model(node), node)
        if (type(instance), instance.pk) in self._loaded:
            raise ValidationError("It stands twice in the file.")
        yield FixtureObject(name, self.using, instance, deferred)
        if instance.pk is not None:  # It is None where this model is excluded.
            self._loaded.add((type(instance), instance.pk))

    def _build(self, model, node):
        """The instance, with the id of its row if there is one, and its deferred references."""
        known = {field.name: field for field in model._meta.concrete_fields if field.serialize}
        data, deferred = {}, {}
        if "pk" in node:
            data[model._meta.pk.attname] = model._meta.pk.to_python(node["pk"])
        else:
            _check_known_by(model, node["fields"])
        for name, value in node["fields"].items():
            if name not in known:
                if self.ignorenonexistent:
                    continue
                raise ValidationError(f"There is no field “{name}”{_suggestion(name, known)}.")
            field = known[name]
            with _naming_field(field):
                refers = field.remote_field is not None
                read = self._refer(field, value) if refers else field.to_python(value)
            if read is DEFER_FIELD:
                deferred[field] = value
            else:
                data[field.attname] = read
        return build_instance(model, data, self.using), deferred

    def _refer(self, field, value):
        """The id of the object that `value` names; DEFER_FIELD for a section further on."""
        if value is None:
            return None
        target = field.related_model
        on_its_way = field.model is target is Section and value in self._sections
        try:
            found = deserialize_fk_value(field, value, self.using, handle_forward_references=False)
            rows = target._base_manager.using(self.using).filter(pk=found)
            # What has been found by its name is there; a number is taken as it stands.
            if isinstance(value, list) or on_its_way or rows.exists():
                return found
        except (ObjectDoesNotExist, TypeError, ValueError, ValidationError):
            if on_its_way and self.handle_forward_references:
                return DEFER_FIELD
        written = json.dumps(value, ensure_ascii=False)
        raise ValidationError(f"There is no {target._meta.verbose_name} {written}.")


# --- Reading ---


class _Node(dict):
    """A JSON object that remembers a name given twice, of which a dict keeps the last value."""

    def __init__(self, pairs):
        super().__init__(pairs)
        self.repeated = None
        if len(self) < len(pairs):
            names = [name for name, _ in pairs]
            self.repeated = next(name for name in names if names.count(name) > 1)


def _read(stream_or_string):
    """The objects of a fixture as dicts."""
    try:
        text = stream_or_string
        if not isinstance(text, bytes | str):
            text = text.read()
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        nodes = json.loads(text, object_pairs_hook=_Node)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise FixtureError(f"line {line}: The file is not in UTF-8.") from error
    except json.JSONDecodeError as error:
        if not text.strip():
            raise FixtureError("The file is empty.") from error
        place = f"line {error.lineno}, column {error.colno}"
        raise FixtureError(f"{place}: This is no JSON, or not all of it: {error.msg}.") from error
    except (RecursionError, ValueError) as error:
        raise FixtureError(f"This is no JSON that can be read: {error}.") from error
    if not isinstance(nodes, list):
        raise FixtureError("A fixture is a list of objects: [{…}, {…}].")
    return nodes


def _model(node):
    """The model of an object, or None where it names none."""
    try:
        return apps.get_model(node["model"]) if isinstance(node["fields"], dict) else None
    except (AttributeError, LookupError, TypeError, ValueError):
        return None


def _place(numbered):
    """Sorts objects of the list behind what they refer to, and other objects last."""
    model = _model(numbered[1])
    return _ORDER.index(model) if model in KNOWN_BY else len(_ORDER)


# --- Naming ---


@contextmanager
def _naming(name):
    """Whatever goes wrong inside is said of the object of this name."""
    try:
        yield
    except Exception as error:
        raise FixtureError(f"{name}: {_sentence(error)}") from error


@contextmanager
def _naming_field(field):
    try:
        yield
    except ValidationError as error:
        raise ValidationError({field.name: error}) from error


def _name(node, number):
    """What an object is called: by what it is known by or, failing that, by its place."""
    model = _model(node)
    if model is None:
        return f"object {number}"
    kind = model._meta.verbose_name
    parts = [node["fields"].get(name) for name in KNOWN_BY.get(model, ())] or [node.get("pk")]
    texts = [
        ", ".join(map(str, part)) if isinstance(part, list) else str(part) for part in parts if part
    ]
    return f"{kind} “{', '.join(texts)}”" if texts else f"{kind} (object {number})"


def _sentence(error):
    """The first thing that `error` has to say."""
    if not isinstance(error, ValidationError):
        return str(error) or type(error).__name__
    if not hasattr(error, "error_dict"):
        return error.messages[0]
    field, messages = next(iter(error.message_dict.items()))
    return messages[0] if field == NON_FIELD_ERRORS else f"{field}: {messages[0]}"


def _suggestion(name, known):
    close = difflib.get_close_matches(name, known, 1)
    return f", but “{close[0]}”" if close else ""


# --- Rules ---


def _check_node(node):
    if (
        not isinstance(node, dict)
        or not isinstance(node.get("model"), str)
        or not isinstance(node.get("fields"), dict)
    ):
        raise ValidationError('An object is written {"model": …, "fields": {…}}.')
    if repeated := node.repeated or node["fields"].repeated:
        raise ValidationError(f"“{repeated}” is given twice.")


def _check_known_by(model, fields):
    """Without these a second load would add the object again."""
    for name in KNOWN_BY[model]:
        # A default that is the same every time will do.
        if not fields.get(name) and callable(model._meta.get_field(name).default):
            raise ValidationError({name: "It is missing, and an object is known by it."})


def _check_fields(instance):
    """Raises ValidationError for what a form would not take, such as an unknown status."""
    for field in instance._meta.concrete_fields:
        value = getattr(instance, field.attname)
        empty = field.null if value is None else field.blank and value in field.empty_values
        if field.serialize and not field.remote_field and not empty:
            with _naming_field(field):
                field.clean(value, instance)


def _say_in_our_words(error, instance):
    """Raises ValidationError with the model's words for the rule that the database defends."""
    if triggers.NAME in str(error):
        raise ValidationError("A section cannot stand below itself.") from error
    instance.validate_unique()
    instance.validate_constraints()
