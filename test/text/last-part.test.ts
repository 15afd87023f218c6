import { expect, it } from 'vitest';
import { lastPart } from '../../src/text/last-part.ts';

it.each([
  ['orders.Store.find', 'find'],
  ['find', 'find'],
  ['orders.', ''],
  ['', ''],
])('of `%s` it is `%s`', (name, last) => expect(lastPart(name)).toBe(last));
