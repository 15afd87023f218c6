def outer(name: str):
    def inner(id: str) -> str:
        return name + id
    return inner(limit)

limit = 5
