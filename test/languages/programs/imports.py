import database as db
from store import find as look, save

look(db.name, save)
