def make(id: str):
    where = { 'id': id, 'b-c': [1, id, None], **base }
    for one in where.all:
        if one in where:
            continue
        use(one)
