import type { Technician } from '../technicians/store.js';
import type { WorkOrder } from '../work-orders/model.js';

export interface Sheet {
  technician: Technician;
  day: string;
  timeZone: string;
  stops: readonly WorkOrder[];
}

export function renderSheet({ technician, day, timeZone, stops }: Sheet): string {
  const clock = new Intl.DateTimeFormat('de-AT', { hour: '2-digit', minute: '2-digit', timeZone });
  const lines = [`${technician.name}, ${day}`, '='.repeat(40)];

  stops.forEach((order, index) => {
    const window =
      order.windowStart && order.windowEnd
        ? `${clock.format(order.windowStart)}-${clock.format(order.windowEnd)}`
        : 'any time';
    lines.push(`${String(index + 1).padStart(2)}. ${window}  #${order.id}`);
    lines.push(`    ${oneLine(order.customerName)}`);
    lines.push(`    ${oneLine(order.address)}`);
    if (order.accessNote) lines.push(`    Access: ${oneLine(order.accessNote)}`);
    lines.push('');
  });

  if (stops.length === 0) lines.push('No visits.');
  return `${lines.join('\n')}\n`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
