import { expect, it } from 'vitest';
import { indexPaths } from '../../src/languages/path-index.ts';
import { resolveModule } from '../../src/languages/resolve-module.ts';

it.each([
  ['the module of the repository', 'web/a.go', 'github.com/acme/shop/store', 'store/s.go'],
  ['a module in a folder', 'backend/web/a.go', 'example.com/shop/store', 'backend/store/s.go'],
  ['a module in a folder that is called so', 'shop/web/a.go', 'github.com/acme/shop/store', 'shop/store/s.go'],
  ['two names below it', 'backend/web/a.go', 'github.com/acme/shop/internal/store', 'backend/internal/store/s.go'],
  ['the nearest of two modules', 'a/web/a.go', 'example.com/a/store', 'a/store/s.go', 'b/store/s.go', 'store/s.go'],
  ['a module without a host', 'shop/web/a.go', 'shop/store', 'shop/store/s.go'],
])('Go: %s', (_, from, module, meant, ...others) => {
  expect(resolveModule(indexPaths([from, meant, ...others]), from, module)).toEqual([meant]);
});

it.each([
  ['Go itself', 'web/a.go', 'net/http', 'http/h.go'],
  [
    'a library whose last name a folder has',
    'app/web/a.go',
    'github.com/labstack/echo/v4/middleware',
    'app/middleware/m.go',
  ],
  ['a library whose owner a folder is called as', 'web/a.go', 'github.com/jmoiron/sqlx', 'jmoiron/sqlx/s.go'],
  ['a folder that is not around', 'a/web/a.go', 'example.com/shop/store', 'b/store/s.go'],
])('Go: %s is none of the repository', (_, from, module, other) => {
  expect(resolveModule(indexPaths([from, other]), from, module)).toEqual([]);
});
