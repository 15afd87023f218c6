import { describe, expect, it } from 'vitest';
import { reviewTrees, type Tree } from '../support/review-trees.ts';

const SPEC = `openapi: 3.0.3
info:
  title: Shop
  version: '1'
paths:
  /orders:
    get:
      responses:
        '200':
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Orders'
    post:
      requestBody:
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/NewOrder'
      responses:
        '201':
          description: made
  /orders/{id}:
    get:
      parameters:
        - name: expand
          in: query
      responses:
        '200':
          description: one
components:
  schemas:
    Orders:
      properties:
        items:
          type: array
        total:
          type: integer
    NewOrder:
      properties:
        sku:
          type: string
        count:
          type: integer
`;

const EXPRESS = `import { Router } from 'express';
export const router = Router();
router.get('/orders', (req, res) => {
  res.json({ items: [], total: 0 });
});
router.get('/orders/:id', show);
`;
const ADDED = `${EXPRESS}router.get('/orders/:id/refunds', refunds);\n`;

const FASTAPI = `from fastapi import APIRouter
from pydantic import BaseModel
router = APIRouter(prefix="/api/v1/orders")
class NewOrder(BaseModel):
    sku: str
    count: int = 1
@router.get("")
def list_orders():
    return {"items": [], "total": 0}
@router.post("")
def create(order: NewOrder):
    return save(order)
@router.get("/{id}")
def show(id: int, expand: str = ""):
    return load(id)
`;

const GIN = `package api

import "github.com/gin-gonic/gin"

func Routes(r *gin.Engine) {
	g := r.Group("/v1")
	g.GET("/orders", list)
	g.GET("/orders/:id", show)
}

func list(c *gin.Context) {
	c.JSON(200, gin.H{"items": nil, "total": 0})
}
`;

async function review(base: Tree, head: Tree): Promise<string[]> {
  const findings = await reviewTrees(base, head);
  return findings
    .filter(({ ruleId }) => ruleId === 'specification-left')
    .map(({ startLine, explanation }) => `${startLine} ${/`[^`]*` (?:describes|answers|is).*/.exec(explanation)?.[0]}`);
}

/** With the specification beside it, which the change leaves alone. */
async function beside(path: string, before: string, after: string, spec = SPEC): Promise<number[]> {
  const found = await review({ [path]: before, 'docs/openapi.yaml': spec }, { [path]: after });
  return found.map((one) => Number.parseInt(one, 10));
}

describe('what a change shows and the specification does not know', () => {
  it('is said with the place where its neighbour is described', async () => {
    const [said] = await review({ 'src/orders.ts': EXPRESS, 'docs/openapi.yaml': SPEC }, { 'src/orders.ts': ADDED });
    expect(said).toContain('7 `GET /orders/:id/refunds` answers since this change');
    expect(said).toMatch(/`docs\/openapi.yaml` describes `GET \/orders` beside it \(line 7\), and not this one\.$/);
  });

  it.each([
    ['Express: a route', 'src/orders.ts', EXPRESS, ADDED, [7]],
    ['Express: a field', 'src/orders.ts', EXPRESS, EXPRESS.replace('total: 0', 'total: 0, cursor: null'), [4]],
    ['Express: another method', 'src/orders.ts', EXPRESS, `${EXPRESS}router.delete('/orders/:id', remove);\n`, [7]],
    [
      'FastAPI: a route',
      'app/api.py',
      FASTAPI,
      `${FASTAPI}@router.post("/{id}/cancel")\ndef cancel(id: int):\n    return stop(id)\n`,
      [16],
    ],
    [
      'FastAPI: a field that is sent',
      'app/api.py',
      FASTAPI,
      FASTAPI.replace('"total": 0', '"total": 0, "cursor": None'),
      [9],
    ],
    [
      'FastAPI: a field that is taken',
      'app/api.py',
      FASTAPI,
      FASTAPI.replace('count: int = 1', 'count: int = 1\n    coupon: str = ""'),
      [7],
    ],
    [
      'FastAPI: a parameter',
      'app/api.py',
      FASTAPI,
      FASTAPI.replace('expand: str = ""', 'expand: str = "", locale: str = ""'),
      [14],
    ],
    [
      'gin: a route',
      'api/orders.go',
      GIN,
      GIN.replace('show)\n', 'show)\n\tg.GET("/orders/:id/refunds", refunds)\n'),
      [9],
    ],
    ['gin: a field', 'api/orders.go', GIN, GIN.replace('"total": 0', '"total": 0, "cursor": nil'), [12]],
    [
      'gin: another method',
      'api/orders.go',
      GIN,
      GIN.replace('show)\n', 'show)\n\tg.PUT("/orders/:id", update)\n'),
      [9],
    ],
  ])('%s', async (_, path, before, after, lines) => {
    expect(await beside(path, before, after)).toEqual(lines);
  });

  it.each([
    ['there is no specification', EXPRESS, ADDED, ''],
    ['it describes other routes', EXPRESS, ADDED, SPEC.replaceAll('/orders', '/invoices')],
    [
      'it describes one of many routes',
      EXPRESS,
      ADDED,
      SPEC.replace('/orders:', '/invoices:').replace('/orders/{id}:', '/bills/{id}:'),
    ],
    [
      'it describes the route already',
      EXPRESS,
      ADDED,
      SPEC.replace('components:', '  /orders/{order}/refunds:\n    get: {}\ncomponents:'),
    ],
    ['the route moved', ADDED, `${EXPRESS}\n\nrouter.get('/orders/:id/refunds', refunds);\n`, SPEC],
    ['the route is not for callers', EXPRESS, `${EXPRESS}router.get('/internal/orders', all);\n`, SPEC],
    ['a health check', EXPRESS, `${EXPRESS}router.get('/healthz', all);\n`, SPEC],
    ['the field is described', EXPRESS, EXPRESS.replace('total: 0', 'total: 0, count: 1'), SPEC],
    [
      'an answer of an error',
      EXPRESS,
      EXPRESS.replace(
        '  res.json',
        '  if (!req.query.a) return res.status(400).json({ error: 1, cursor: 2 });\n  res.json',
      ),
      SPEC,
    ],
    ['only a text changed', EXPRESS, EXPRESS.replace('items: []', 'items: [1]'), SPEC],
  ])('is silent: %s', async (_, before, after, spec) => {
    expect(await beside('src/orders.ts', before, after, spec)).toEqual([]);
  });

  it('is silent where the change writes it into the specification', async () => {
    const spec = SPEC.replace('components:', '  /orders/{id}/refunds:\n    get:\n      description: all\ncomponents:');
    const base = { 'src/orders.ts': EXPRESS, 'docs/openapi.yaml': SPEC };
    expect(await review(base, { 'src/orders.ts': ADDED, 'docs/openapi.yaml': spec })).toEqual([]);
  });

  it('is silent where the code says that it is not described', async () => {
    const hidden = `${FASTAPI}@router.post("/{id}/cancel", include_in_schema=False)\ndef cancel(id: int):\n    return stop(id)\n`;
    expect(await beside('app/api.py', FASTAPI, hidden)).toEqual([]);
  });

  it('reads a specification that is printed as JSON', async () => {
    const paths = { '/orders': { get: {}, post: {} }, '/orders/{id}': { get: {} } };
    const spec = JSON.stringify({ openapi: '3.1.0', paths, components: {} }, null, 2);
    const base = { 'src/orders.ts': EXPRESS, 'openapi.json': spec };
    expect((await review(base, { 'src/orders.ts': ADDED })).map((one) => one.split(' ')[0])).toEqual(['7']);
  });
});

describe('what a change takes away and the specification still promises', () => {
  it.each([
    [
      'a route',
      `${EXPRESS}function show(req, res) { res.json({ id: 1 }); }\n`,
      EXPRESS.replace("router.get('/orders/:id', show);\n", ''),
      'line 24',
    ],
    ['a field', EXPRESS, EXPRESS.replace(', total: 0', ''), 'line 7'],
  ])('%s', async (_, before, after, line) => {
    const findings = await reviewTrees(
      { 'src/orders.ts': before, 'docs/openapi.yaml': SPEC },
      { 'src/orders.ts': after },
    );
    const said = findings.map(({ explanation }) => explanation).join('\n');
    expect(said).toContain(`\`docs/openapi.yaml\` (${line}) still promises it.`);
  });
});
