def hello(name: str, n = 1, *more):
    return send(f'Hi {{{name}}}, {n + 1} {more[0]!s:>10}', *more)
