def check(user: User, owner: str):
    if not user.active or user.id != owner and owner != '':
        return
    remove(user.id)
