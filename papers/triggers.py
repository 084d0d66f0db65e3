"""The one rule that no constraint can express: no section is its own ancestor.

Database triggers, so that it holds for bulk updates, fixtures and raw SQL too, and for two
transactions that each move one section below the other's.
"""

NAME = "section_not_its_own_ancestor"

_ANCESTORS = """
    WITH RECURSIVE ancestors(id) AS (
        SELECT NEW.parent_id
        UNION
        SELECT s.parent_id FROM papers_section s JOIN ancestors a ON s.id = a.id
        WHERE s.parent_id IS NOT NULL
    )
    SELECT 1 FROM ancestors WHERE id = NEW.id
"""

_SQLITE = [
    f"""
    CREATE TRIGGER IF NOT EXISTS {NAME}_{event.lower()}
    AFTER {event} {columns} ON papers_section
    WHEN NEW.parent_id IS NOT NULL AND EXISTS ({_ANCESTORS})
    BEGIN
        SELECT RAISE(ABORT, 'CHECK constraint failed: {NAME}');
    END
    """
    for event, columns in (("INSERT", ""), ("UPDATE", "OF parent_id"))
]

_POSTGRESQL = [
    f"""
    CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.parent_id IS NOT NULL THEN
            -- Those that only add sections do not wait for each other: they close no loop.
            IF TG_OP = 'INSERT' THEN
                PERFORM pg_advisory_xact_lock_shared(hashtext('{NAME}'));
            ELSIF NEW.parent_id IS DISTINCT FROM OLD.parent_id THEN
                PERFORM pg_advisory_xact_lock(hashtext('{NAME}'));
            END IF;
            IF EXISTS ({_ANCESTORS}) THEN
                RAISE EXCEPTION 'violates check constraint "{NAME}"'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{NAME}';
            END IF;
        END IF;
        RETURN NULL;
    END $$
    """,
    f"""
    CREATE OR REPLACE TRIGGER {NAME} AFTER INSERT OR UPDATE OF parent_id ON papers_section
    FOR EACH ROW EXECUTE FUNCTION {NAME}()
    """,
]


def create(connection):
    """Creates the triggers where papers_section exists and they do not."""
    statements = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[connection.vendor]
    with connection.cursor() as cursor:
        if "papers_section" not in connection.introspection.table_names(cursor):
            return
        for statement in statements:
            cursor.execute(statement)


def drop(connection):
    """Drops the triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER IF EXISTS {NAME}_insert")
            cursor.execute(f"DROP TRIGGER IF EXISTS {NAME}_update")
        else:
            cursor.execute(f"DROP FUNCTION IF EXISTS {NAME} CASCADE")


def hold_tree(connection, *, shared):
    """Waits until no other transaction is changing the tree, and keeps it so until this one ends.

    Transactions that only add sections can be at it together: they ask for a `shared` hold. To
    be called before rows are written, or two might wait for each other. SQLite has one writer.
    """
    if connection.vendor == "postgresql":
        lock = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {lock}(hashtext('{NAME}'))")
