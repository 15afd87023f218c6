import { describe, expect, it } from 'vitest';
import type { Repository } from '../../src/change/repository.ts';
import { AppError } from '../../src/errors.ts';
import type { AnalyseOptions } from '../../src/pipeline/review-change.ts';
import { createMemoryRepository } from '../support/memory-repository.ts';
import { reviewTrees, type Tree } from '../support/review-trees.ts';

const RULES = ['answer-field-removed', 'answer-status-changed', 'route-removed'];

/** What is said of the contract of a change: its line, and what was added to the rule's words. */
async function review(base: Tree, head: Tree, options: AnalyseOptions = {}): Promise<string[]> {
  const findings = await reviewTrees(base, head, options);
  return findings
    .filter(({ ruleId }) => RULES.includes(ruleId))
    .map(({ ruleId, path, side, startLine, severity, explanation }) =>
      [
        `${ruleId} ${path} ${side} ${startLine} ${severity}`,
        ...(/(?:`[^`]*` \(line \d+\) still|Line \d+ says).*/.exec(explanation) ?? []),
      ].join(': '),
    );
}

const TOP = "import { Router } from 'express';\nexport const router = Router();\n";
const LIST = "router.get('/api/orders', (req, res) => res.json({ items: [], total: 0 }));\n";
const CANCEL = "router.post('/api/orders/:id/cancel', (req, res) => res.json({ done: true }));\n";
const BASE = { 'src/orders.ts': TOP + LIST + CANCEL };
const GONE = { 'src/orders.ts': TOP + LIST };
const LESS = { 'src/orders.ts': TOP + LIST.replace(', total: 0', '') + CANCEL };
const ROUTE = 'route-removed src/orders.ts LEFT 4 medium';
const FIELD = 'answer-field-removed src/orders.ts LEFT 3 medium';

describe('what others send or take', () => {
  it.each([
    [
      'a model of pydantic',
      { 'app/schemas.py': 'from pydantic import BaseModel\nclass OrderOut(BaseModel):\n    id: int\n    total: int\n' },
      'total: int',
      {
        'app/api.py':
          'from fastapi import APIRouter\nfrom app.schemas import OrderOut\nrouter = APIRouter(prefix="/api/orders")\n@router.get("/{id}", response_model=OrderOut)\ndef show(id: int):\n    return load(id)\n',
      },
      'answer-field-removed app/schemas.py LEFT 4 medium',
    ],
    [
      'a struct of Go',
      {
        'model/order.go': 'package model\n\ntype Order struct {\n\tID int `json:"id"`\n\tTotal int `json:"total"`\n}\n',
      },
      'Total int `json:"total"`',
      {
        'go.mod': 'module example.com/shop\n',
        'api/orders.go':
          'package api\n\nimport (\n\t"example.com/shop/model"\n\t"github.com/gin-gonic/gin"\n)\n\nfunc Show(c *gin.Context) {\n\tvar order model.Order\n\tc.JSON(200, order)\n}\n',
      },
      'answer-field-removed model/order.go LEFT 5 medium',
    ],
    [
      'a class of NestJS',
      { 'src/order.dto.ts': 'export class OrderDto {\n  id: string;\n  total: number;\n}\n' },
      'total: number;',
      {
        'src/orders.controller.ts':
          "import { Controller, Get } from '@nestjs/common';\nimport { OrderDto } from './order.dto';\n@Controller('orders')\nexport class OrdersController {\n  @Get()\n  async show(): Promise<OrderDto> { return this.orders.one(); }\n}\n",
      },
      'answer-field-removed src/order.dto.ts LEFT 3 medium',
    ],
  ])('is found by who names it: %s', async (_, shape, field, others, said) => {
    const base: Tree = { ...(shape as unknown as Tree), ...(others as unknown as Tree) };
    const less = Object.fromEntries(
      Object.entries(shape).map(([path, text]) => [path, text.replace(`${field}\n`, '\n')]),
    );
    expect(await review(base, less)).toEqual([said]);
    // Nobody sends it.
    expect(await review(shape as unknown as Tree, less)).toEqual([]);
  });
});

describe('what a change takes away from callers', () => {
  it('is said on the line that it removed', async () => {
    expect(await review(BASE, GONE)).toEqual([ROUTE]);
    expect(await review(BASE, LESS)).toEqual([FIELD]);
  });

  it('is said with the client of the repository that still asks', async () => {
    const page = { 'web/src/orders.ts': '// x\nawait post(`/api/orders/${id}/cancel`);\n' };
    expect(await review({ ...BASE, ...page }, GONE)).toEqual([
      `${ROUTE}: \`web/src/orders.ts\` (line 2) still reads it.`,
    ]);
    const data = { 'app/tests/other/data/page.html': '<img src="https://images.example.com/orders/7/cancel">\n' };
    expect(await review({ ...BASE, ...data }, GONE)).toEqual([ROUTE]);
    const list = { 'web/List.vue': "const { data } = await get('/api/orders');\nshow(data.total);\n" };
    expect(await review({ ...BASE, ...list }, LESS)).toEqual([`${FIELD}: \`web/List.vue\` (line 2) still reads it.`]);
  });

  it.each([
    [
      'the clients of the repository stopped asking in the same change',
      { 'web/src/orders.ts': 'await post(`/api/orders/${id}/cancel`);\n' },
      { ...GONE, 'web/src/orders.ts': 'export {};\n' },
    ],
    [
      'the clients of the repository never read the field',
      { 'web/List.vue': "const { data } = await get('/api/orders');\nshow(data.items);\n" },
      LESS,
    ],
    ['another file has the route now', {}, { ...GONE, 'src/cancel.ts': TOP + CANCEL }],
    [
      'the specification gives it up alike',
      { 'openapi.yaml': 'openapi: 3.0.3\npaths:\n  /api/orders/{id}/cancel:\n    post: {}\n' },
      { ...GONE, 'openapi.yaml': 'openapi: 3.0.3\npaths: {}\n' },
    ],
  ])('is not said where %s', async (_, more, head) => {
    expect(await review({ ...BASE, ...(more as unknown as Tree) }, head as unknown as Tree)).toEqual([]);
  });

  it('is not said of a route that takes another method, where the clients in the repository go along', async () => {
    const stop = "router.get('/api/orders/stop', (req, res) => res.json(halt(req)));\n";
    const base = { 'src/orders.ts': TOP + LIST + stop.replace('(req, res) => res.json(halt(req))', 'halt') };
    const head = { 'src/orders.ts': base['src/orders.ts'].replace("get('/api/orders/stop", "post('/api/orders/stop") };
    const call = (method: string): string =>
      `$.ajax({\n  method: '${method}',\n  url: root() + '/api/orders/stop',\n});\n`;
    const page = 'web/static/main.js';
    expect(await review({ ...base, [page]: call('get') }, { ...head, [page]: call('post') })).toEqual([]);
    const still = `${ROUTE}: \`${page}\` (line 3) still reads it.`;
    expect(await review({ ...base, [page]: call('get') }, head)).toEqual([still]);
  });

  it('takes a path of one word for that where it stands behind a slash, or in a call that asks', async () => {
    const stop = "router.get('/stop', (req, res) => res.json({ done: true }));\n";
    const base = { 'src/orders.ts': TOP + LIST + stop };
    const head = { 'src/orders.ts': TOP + LIST };
    const page = (text: string): Tree => ({ 'web/static/main.js': `${text}\n` });
    const still = `${ROUTE}: \`web/static/main.js\` (line 1) still reads it.`;
    expect(await review({ ...base, ...page("log('stop', 1);") }, head)).toEqual([ROUTE]);
    expect(await review({ ...base, ...page("ask(root() + '/stop');") }, head)).toEqual([still]);
    expect(await review({ ...base, ...page("api.get('stop');") }, head)).toEqual([still]);
  });

  it('is said where only tests name it, and where nothing can be asked', async () => {
    const test = { 'test/orders.test.ts': 'await post(`/api/orders/${id}/cancel`);\n' };
    expect(await review({ ...BASE, ...test }, GONE)).toEqual([ROUTE]);
    expect(await review(BASE, GONE, { repository: null })).toEqual([ROUTE]);
    const broken = createMemoryRepository({ base: BASE, head: GONE });
    const refuse: Repository = { ...broken, search: () => Promise.reject(new AppError('GIT_FAILED', 'gone')) };
    expect(await review(BASE, GONE, { repository: refuse })).toEqual([ROUTE]);
  });

  it('is low where somebody accepts it by name and reason', async () => {
    const head = `${TOP}${LIST}// backend-dev: breaking accepted by Ada: nobody cancels any more\n`;
    expect(await review(BASE, { 'src/orders.ts': head })).toEqual([
      'route-removed src/orders.ts LEFT 4 low: Line 4 says that `Ada` accepts this: `nobody cancels any more`.',
    ]);
    const who = '`nobody cancels any more`. It comes from a fork, so it changes nothing here.';
    expect(await review(BASE, { 'src/orders.ts': head }, { foreign: true })).toEqual([
      `${ROUTE}: Line 4 says that \`Ada\` accepts this: ${who}`,
    ]);
  });
});

it('says nothing of what an example answers', async () => {
  const at = (path: string, [text]: string[]): Tree => ({ [path]: text ?? '' });
  const example = 'examples/shop/orders.ts';
  expect(await review(at(example, Object.values(BASE)), at(example, Object.values(LESS)))).toEqual([]);
  const own = 'src/examples/orders.ts';
  expect(await review(at(own, Object.values(BASE)), at(own, Object.values(LESS)))).toHaveLength(1);
});
