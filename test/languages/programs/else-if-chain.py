def pick(kind: str) -> str:
    found = ''
    if kind == 'a':
        found = first()
    elif kind == 'b':
        found = second()
    else:
        found = kind
    return found
