import { expect, it } from 'vitest';
import { listLimitingAll } from '../../src/surroundings/list-limiting-all.ts';

const MAIN = `package main
func main() {
\tr := chi.NewRouter()
\tr.Use(middleware.RequestSize(1 << 20))
\tr.Post("/hook", hook)
\thttp.ListenAndServe(":8080", r)
}
`;
const MUX = `package main
func main() {
\tmux := http.NewServeMux()
\tmux.HandleFunc("POST /hook", hook)
\tserver := &http.Server{Addr: ":8080", Handler: http.MaxBytesHandler(mux, 1<<20)}
\tserver.ListenAndServe()
}
`;

async function ask(files: Record<string, string>): Promise<string[]> {
  const found = await listLimitingAll(['RequestSize', 'BodyLimit', 'MaxBytesHandler'], async (words) => {
    const holds = ([, text]: [string, string]): boolean => words.some((word) => text.includes(word));
    return new Map(Object.entries(files).filter(holds));
  });
  return [...found];
}

it.each([
  ['bound to the only router', { 'main.go': MAIN }, 'RequestSize'],
  ['around the only router', { 'main.go': MUX }, 'MaxBytesHandler'],
  ['bound to an engine of gin', { 'main.go': MAIN.replace('chi.NewRouter', 'gin.New') }, 'RequestSize'],
  [
    'bound to a router that another file serves',
    {
      'base.go': `package apis\nfunc New() *Router {\n\tr := router.NewRouter()\n\tr.Bind(BodyLimit(MAX))\n\tr.Group("/api")\n\treturn r\n}\n`,
    },
    'BodyLimit',
  ],
  ['beside a test with a router of its own', { 'main.go': MAIN, 'main_test.go': MAIN }, 'RequestSize'],
])('limits each request: %s', async (_, files, word) => {
  expect(await ask(files as Record<string, string>)).toEqual([word]);
});

it.each([
  ['behind the first route', { 'main.go': MAIN.replace(/(\tr\.Use.*\n)(\tr\.Post.*\n)/, '$2$1') }],
  ['under a condition', { 'main.go': MAIN.replace(/\tr\.Use(.*)\n/, '\tif limited {\n\t\tr.Use$1\n\t}\n') }],
  ['of a group', { 'main.go': MAIN.replace('\tr.Use', '\tapi := r.Group("/api")\n\tapi.Use') }],
  ['beside a second router', { 'main.go': MAIN, 'admin.go': MAIN.replace(/\tr\.Use.*\n/, '') }],
  ['beside the process’s own router', { 'main.go': MAIN, 'debug.go': 'http.HandleFunc("/upload", upload)\n' }],
  [
    'taken off for a route',
    { 'main.go': MAIN, 'backup.go': 'r.With(middleware.RequestSize(0)).Post("/backup", save)\n' },
  ],
  ['in a comment', { 'main.go': MAIN.replace('\tr.Use', '\t// r.Use') }],
  ['of another server', { 'main.go': `${MUX}\n`.replace('http.MaxBytesHandler(mux, 1<<20)', 'mux') }],
])('does not surely limit each request: %s', async (_, files) => {
  expect(await ask(files as Record<string, string>)).toEqual([]);
});
