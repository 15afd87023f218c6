def all(rows: Rows):
    for key, row in rows.entries():
        use(key, row)
