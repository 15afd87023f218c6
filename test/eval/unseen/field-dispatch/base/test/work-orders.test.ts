import { describe, expect, it, vi } from 'vitest';
import { WorkOrderStore } from '../src/work-orders/store.js';

describe('WorkOrderStore', () => {
  it('lists by organisation and status', async () => {
    const query = vi.fn().mockResolvedValue({ rows: [] });
    await new WorkOrderStore({ query } as never).list('7', 'open', 20);
    expect(query.mock.calls[0]?.[1]).toEqual(['7', 'open', 20]);
  });

  it('asks nothing for an empty list of ids', async () => {
    const query = vi.fn();
    expect(await new WorkOrderStore({ query } as never).findMany([])).toEqual([]);
    expect(query).not.toHaveBeenCalled();
  });
});
