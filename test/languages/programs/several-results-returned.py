def load(id: str):
    row, problem = query(id)
    return row, problem
