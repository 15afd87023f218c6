import { expect, it } from 'vitest';
import type { FileAnalysis } from '../../src/analysis/process/task.ts';
import type { RawFinding } from '../../src/findings/finding.ts';
import { doubtMounted } from '../../src/surroundings/doubt-mounted.ts';
import { finding as aFinding } from '../support/finding.ts';
import { startProcessorClock } from '../support/processor-time.ts';

async function confidenceOf(files: Record<string, string>): Promise<RawFinding['confidence'] | undefined> {
  const path = 'src/shop/orders/views.py';
  const finding: RawFinding = { ...aFinding(), ruleId: 'unguarded-route', confidence: 'medium', path };
  const analysis = {
    path,
    outcomes: [{ analyser: 'rules', outcome: { status: 'analysed', findings: [finding] } }],
  } as unknown as FileAnalysis;
  const [made] = await doubtMounted([analysis], async () => new Map(Object.entries(files)));
  const outcome = made?.outcomes[0]?.outcome;
  return outcome && outcome.status !== 'failed' ? outcome.findings[0]?.confidence : undefined;
}

const BRING = 'from shop.orders.views import router as order_router\n';

it.each([
  ['at once', 'api.include_router(order_router, prefix="/orders", dependencies=[Depends(get_current_user)])\n', 'low'],
  [
    'two routers above',
    'inner = APIRouter()\ninner.include_router(\n    order_router, prefix="/orders", tags=["orders"]\n)\napi.include_router(\n    inner, dependencies=[Depends(get_current_user)]\n)\n',
    'low',
  ],
  [
    'the router that it is put into',
    'inner = APIRouter(\n    prefix="/admin", dependencies=[Depends(require_admin)]\n)\ninner.include_router(order_router)\n',
    'low',
  ],
  ['no guard', 'api.include_router(order_router, prefix="/orders")\n', 'medium'],
  ['what is no guard', 'api.include_router(order_router, dependencies=[Depends(get_session)])\n', 'medium'],
  ['another router', 'api.include_router(other_router, dependencies=[Depends(get_current_user)])\n', 'medium'],
  [
    'a comment',
    '# api.include_router(order_router, dependencies=[Depends(get_current_user)])\napi.include_router(order_router)\n',
    'medium',
  ],
  [
    'a comment behind the mount',
    'api.include_router(\n    order_router,  # dependencies=[Depends(get_current_user)]\n)\n',
    'medium',
  ],
  [
    'a docstring',
    '"""\napi.include_router(order_router, dependencies=[Depends(get_current_user)])\n"""\napi.include_router(order_router)\n',
    'medium',
  ],
  ['a test', 'api.include_router(order_router)\n', 'medium'],
])('a route whose router is mounted behind a guard: %s', async (_, mounts, confidence) => {
  expect(await confidenceOf({ 'src/shop/api.py': BRING + mounts })).toBe(confidence);
});

it('another file of that name says nothing', async () => {
  const text =
    'from shop.items.views import router as order_router\napi.include_router(order_router, dependencies=[Depends(get_current_user)])\n';
  expect(await confidenceOf({ 'src/shop/api.py': text })).toBe('medium');
});

it.each([
  ['a word without end', `include_router ${'a'.repeat(500_000)}`],
  ['an argument without end', `${BRING}api.include_router(${'a'.repeat(500_000)}`],
  ['a great many mounts', BRING + 'api.include_router(order_router)\n'.repeat(20_000)],
  ['quotes', `${BRING}${'"""'.repeat(99_999)}'''${'""" \'\'\''.repeat(50_001)}`],
  ['a great many blank lines', `${'\n'.repeat(300_000)}include_router`],
])('takes a file no longer than it is long: %s', async (_, text) => {
  const took = startProcessorClock();
  expect(await confidenceOf({ 'src/shop/api.py': text })).toBe('medium');
  expect(took()).toBeLessThan(2000);
});
