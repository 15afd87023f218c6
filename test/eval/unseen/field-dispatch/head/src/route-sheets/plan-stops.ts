import type { WorkOrder } from '../work-orders/model.js';

export interface Plan {
  stops: WorkOrder[];
  skipped: WorkOrder[];
}

/** Visits of the day in the order of their time windows; those without a window come last. */
export function planStops(orders: readonly WorkOrder[], day: string, timeZone: string): Plan {
  const calendar = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone });
  const isDue = ({ status, windowStart }: WorkOrder) =>
    (status === 'open' || status === 'scheduled') && (!windowStart || calendar.format(windowStart) === day);

  const stops: WorkOrder[] = [];
  const skipped: WorkOrder[] = [];
  for (const order of orders) (isDue(order) ? stops : skipped).push(order);
  stops.sort((a, b) => start(a) - start(b) || a.address.localeCompare(b.address));
  return { stops, skipped };
}

function start(order: WorkOrder): number {
  return order.windowStart?.getTime() ?? Number.MAX_SAFE_INTEGER;
}
