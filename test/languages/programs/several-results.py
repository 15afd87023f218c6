def load(id: str):
    row, problem = query(id)
    if problem != None:
        raise problem
    use(row)
