def list(table: str):
    db.connect('x', True).of(table).rows[0].cells['id'].send(-size, 2.5, not table)
    db.count = db.count - 1
    db.names[table] = other[0]
