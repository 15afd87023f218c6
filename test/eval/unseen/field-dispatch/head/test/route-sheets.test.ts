import { describe, expect, it } from 'vitest';
import { planStops } from '../src/route-sheets/plan-stops.js';
import { renderSheet } from '../src/route-sheets/render-sheet.js';
import type { WorkOrder } from '../src/work-orders/model.js';

function order(over: Partial<WorkOrder>): WorkOrder {
  return {
    id: '1',
    orgId: '7',
    technicianId: '3',
    status: 'scheduled',
    customerName: 'Bakery Huber',
    address: 'Hauptplatz 4',
    accessNote: null,
    windowStart: null,
    windowEnd: null,
    ...over,
  };
}

const plan = (...orders: WorkOrder[]) => planStops(orders, '2026-03-02', 'Europe/Vienna');

describe('planStops', () => {
  it('sorts by window and puts visits without one last', () => {
    const { stops } = plan(
      order({ id: '1' }),
      order({ id: '2', windowStart: new Date('2026-03-02T09:00:00Z') }),
      order({ id: '3', windowStart: new Date('2026-03-02T07:00:00Z') }),
    );
    expect(stops.map((stop) => stop.id)).toEqual(['3', '2', '1']);
  });

  it('skips what is done or cancelled', () => {
    const { stops, skipped } = plan(order({ status: 'done' }), order({ id: '2' }));
    expect(stops.map((stop) => stop.id)).toEqual(['2']);
    expect(skipped).toHaveLength(1);
  });

  it('goes by the calendar of the organisation', () => {
    const { stops } = plan(
      order({ id: '1', windowStart: new Date('2026-03-01T23:30:00Z') }),
      order({ id: '2', windowStart: new Date('2026-03-02T23:30:00Z') }),
    );
    expect(stops.map((stop) => stop.id)).toEqual(['1']);
  });
});

describe('renderSheet', () => {
  const technician = { id: '3', name: 'Mira', phone: '+43', active: true };

  it('prints one block for each stop', () => {
    const text = renderSheet({
      technician,
      day: '2026-03-02',
      timeZone: 'Europe/Vienna',
      stops: [order({ accessNote: 'key at\nthe shop' })],
    });
    expect(text).toContain(' 1. any time  #1');
    expect(text).toContain('    Access: key at the shop');
  });

  it('says when there is nothing to do', () => {
    expect(renderSheet({ technician, day: '2026-03-02', timeZone: 'UTC', stops: [] })).toContain('No visits.');
  });
});
