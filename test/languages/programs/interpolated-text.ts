function hello(name: string, n = 1, ...more) {
  return send(`Hi {${name}}, ${n + 1} ${more[0]}`, ...more);
}
