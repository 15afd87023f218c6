import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feeOf } from '../src/fees/fee-for.js';

const plan = { id: '1', merchant_id: 'm', code: 'standard', basis_points: 125, fixed_cents: 10 };

test('rounds up', () => {
  assert.equal(feeOf(plan, 999), 23);
});

test('has a fixed part', () => {
  assert.equal(feeOf({ ...plan, basis_points: 0 }, 5_000), 10);
});
