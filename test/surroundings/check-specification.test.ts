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

/** What each route answers, beside the specification's own. */
const LISTED = SPEC.replace(
  /(post:[^]*?)'201':/,
  "$1'409':\n          description: taken\n        '422':\n          description: not valid\n        '201':",
);

const MAKE = {
  express: `import { Router } from 'express';
export const router = Router();
router.get('/orders', (req, res) => {
  res.json({ items: [], total: 0 });
});
router.post('/orders', (req, res) => {
  if (!req.body.sku) return res.status(422).json({ error: 'sku' });
  res.status(201).json({ id: 1 });
});
`,
  fastapi: `from fastapi import APIRouter, HTTPException
router = APIRouter(prefix="/orders")
@router.get("")
def list_orders():
    return {"items": [], "total": 0}
@router.post("", status_code=201)
def create(order: dict):
    if not order.get("sku"):
        raise HTTPException(status_code=422)
    return {"id": 1}
`,
  gin: `package api

import "github.com/gin-gonic/gin"

func Routes(r *gin.Engine) {
	r.GET("/orders", list)
	r.POST("/orders", create)
}

func list(c *gin.Context) {
	c.JSON(200, gin.H{"items": nil, "total": 0})
}

func create(c *gin.Context) {
	if c.Query("sku") == "" {
		c.JSON(422, gin.H{"error": "sku"})
		return
	}
	c.JSON(201, gin.H{"id": 1})
}
`,
};

const EXPRESS_TEST = '  if (!req.body.sku)';
const FASTAPI_TEST = '    if not order.get("sku"):';
const GIN_TEST = '	if c.Query("sku")';

describe('a status that the specification does not list', () => {
  it('is said with those that it lists', async () => {
    const after = MAKE.express.replace(EXPRESS_TEST, `  if (full()) return res.status(507).end();\n${EXPRESS_TEST}`);
    const findings = await reviewTrees(
      { 'src/orders.ts': MAKE.express, 'openapi.yaml': LISTED },
      { 'src/orders.ts': after },
    );
    expect(findings.map(({ explanation }) => explanation).join('\n')).toContain(
      '`POST /orders` may answer 507 since this change: clients, mocks and checks that are made from the specification do not know it, and a gateway that enforces it refuses it. `openapi.yaml` lists 409, 422, 201 for this route (line 14), and not this one.',
    );
  });

  it.each([
    [
      'Express',
      'src/orders.ts',
      MAKE.express,
      EXPRESS_TEST,
      (status: number) => `  if (full()) return res.status(${status}).json({ error: 'a' });`,
      7,
    ],
    [
      'Express, sent alone',
      'src/orders.ts',
      MAKE.express,
      EXPRESS_TEST,
      (status: number) => `  if (full()) return res.sendStatus(${status});`,
      7,
    ],
    [
      'FastAPI',
      'app/orders.py',
      MAKE.fastapi,
      FASTAPI_TEST,
      (status: number) => `    if full(): raise HTTPException(status_code=${status})`,
      8,
    ],
    [
      'FastAPI, by place',
      'app/orders.py',
      MAKE.fastapi,
      FASTAPI_TEST,
      (status: number) => `    if full(): raise HTTPException(${status}, "full")`,
      8,
    ],
    [
      'gin',
      'api/orders.go',
      MAKE.gin,
      GIN_TEST,
      (status: number) => `	if full() { c.JSON(${status}, gin.H{"error": "a"}); return }`,
      15,
    ],
    [
      'gin, ended',
      'api/orders.go',
      MAKE.gin,
      GIN_TEST,
      (status: number) => `	if full() { c.AbortWithStatusJSON(${status}, gin.H{"error": "a"}); return }`,
      15,
    ],
  ] as const)('%s', async (_, path, before, test, written, line) => {
    const after = (status: number): string => before.replace(test, `${written(status)}\n${test}`);
    for (const status of [402, 423])
      expect(await beside(path, before, after(status), LISTED), `${status}`).toEqual([line]);
    // It is listed, it is there already, it may be whatever it is, or no error is listed at all.
    expect(await beside(path, before, after(409), LISTED)).toEqual([]);
    expect(await beside(path, before, after(422), LISTED)).toEqual([]);
    expect(await beside(path, before, after(500), LISTED)).toEqual([]);
    expect(await beside(path, before, after(400), LISTED)).toEqual([]);
    expect(await beside(path, before, after(402), LISTED.replace("'409'", 'default'))).toEqual([]);
    expect(await beside(path, before, after(402), LISTED.replace("'409'", '4XX'))).toEqual([]);
    expect(await beside(path, before, after(402), SPEC)).toEqual([]);
    expect(
      await beside(
        path,
        before,
        after(402),
        LISTED.replace(/responses:(?=\s+'409')/, "responses:\n        $ref: 'answers.yaml'"),
      ),
    ).toEqual([]);
  });

  it('another success beside the one that is listed', async () => {
    const after = MAKE.express.replace(
      EXPRESS_TEST,
      `  if (later()) return res.status(202).json({ id: 1 });\n${EXPRESS_TEST}`,
    );
    expect(await beside('src/orders.ts', MAKE.express, after, LISTED)).toEqual([7]);
    expect(await beside('src/orders.ts', MAKE.express, after, LISTED.replace("'201'", '2XX'))).toEqual([]);
  });

  it('is silent where it stood elsewhere, or where the change lists it', async () => {
    const wrong = (at: string): string =>
      MAKE.express.replace(at, `  if (full()) return res.status(402).json({ error: 'a' });\n${at}`);
    expect(await beside('src/orders.ts', wrong(EXPRESS_TEST), wrong('  res.status(201)'), LISTED)).toEqual([]);
    const spec = LISTED.replace("'409':", "'402':\n          description: pay\n        '409':");
    const base = { 'src/orders.ts': MAKE.express, 'openapi.yaml': LISTED };
    expect(await review(base, { 'src/orders.ts': wrong(EXPRESS_TEST), 'openapi.yaml': spec })).toEqual([]);
  });

  it('reads what a specification printed as JSON lists', async () => {
    const responses = { '201': { description: 'made' }, '422': { description: 'not valid', content: { '404': {} } } };
    const paths = { '/orders': { get: { responses: { '200': {} } }, post: { operationId: 'make', responses } } };
    const spec = JSON.stringify({ openapi: '3.1.0', paths, components: {} }, null, 2);
    const after = (status: number): string =>
      MAKE.express.replace(EXPRESS_TEST, `  if (full()) return res.status(${status}).end();\n${EXPRESS_TEST}`);
    const base = { 'src/orders.ts': MAKE.express, 'openapi.json': spec };
    expect((await review(base, { 'src/orders.ts': after(404) })).map((one) => one.split(' ')[0])).toEqual(['7']);
    expect(await review(base, { 'src/orders.ts': after(422) })).toEqual([]);
  });
});
