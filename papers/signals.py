"""What models and querysets say of their writes, inside the transaction; changes.py listens.

Django's own signals do not do: those of a raw save come outside its transaction, and bulk writes
have none.
"""

from django.dispatch import Signal

#: Around the save of one row, however it is saved. sender: the model; instance; using: the
#: database; the first also says whether the save is `raw`, a fixture's.
row_saving = Signal()
row_saved = Signal()

#: Around a bulk write. sender: the model; using: the database; fields: the names of the columns
#: that existing rows get new values in, None where rows are only added. The second also says
#: paper_ids: the papers touched.
rows_changing = Signal()
rows_changed = Signal()
