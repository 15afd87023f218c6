def outer(rows):
    return sort(rows, lambda a: a.name)
