def order(by: str) -> str:
    match by:
        case 'name' | 'id':
            return by
        case 'date':
            note(by)
        case _:
            return 'id'
    return 'date'
