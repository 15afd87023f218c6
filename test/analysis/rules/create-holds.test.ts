import { describe, expect, it } from 'vitest';
import { createHolds } from '../../../src/analysis/rules/create-holds.ts';

const TEXT = 'app.Get("/x", readOrder)\nMath.random() + Math.max(1, \u212Aey); // café';

describe('whether a text holds a word', () => {
  const { holds, holdsLowered } = createHolds(TEXT);

  it.each(['Get', 'Order', 'Math.random', '.Get(', '", ', 'caf', 'fé', 'ax(1', ''])('%j is there', (word) => {
    expect(holds(word)).toBe(TEXT.includes(word));
    expect(holds(word)).toBe(true);
  });

  it.each(['get', 'Math.Get', 'random.Math', 'Math\n', 'orders'])('%j is not', (word) => {
    expect(holds(word)).toBe(TEXT.includes(word));
    expect(holds(word)).toBe(false);
  });

  it.each(['get', 'readorder', 'math.random', 'key'])('%j is there in lower case', (word) => {
    expect(holdsLowered(word)).toBe(true);
  });
});
