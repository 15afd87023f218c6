def name(user: User):
    shown = user.nick or user.name
    both = user.nick and user.name
    return both if user.old and not shown else shown
