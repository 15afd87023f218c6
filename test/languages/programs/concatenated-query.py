def find(id: str) -> str:
    query = 'SELECT * FROM t WHERE id = ' + id + ' LIMIT 1'
    return run(query, 1)
