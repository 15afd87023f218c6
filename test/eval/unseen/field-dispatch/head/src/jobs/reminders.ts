import type { FastifyBaseLogger } from 'fastify';
import type { Pool } from 'pg';
import type { SmsClient } from '../sms/client.js';
import { TechnicianStore } from '../technicians/store.js';
import { WorkOrderStore } from '../work-orders/store.js';

const HOUR = 3_600_000;

/** Once an hour, tells each technician about the visits that begin in the next hour. */
export function startReminders(pool: Pool, sms: SmsClient, log: FastifyBaseLogger): () => void {
  const orders = new WorkOrderStore(pool);
  const technicians = new TechnicianStore(pool);

  async function run(now: Date) {
    const ids = await orders.dueBetween(now, new Date(now.getTime() + HOUR));
    for (const order of await orders.findMany(ids)) {
      if (!order.technicianId) continue;
      const technician = await technicians.find(order.orgId, order.technicianId);
      if (!technician?.active) continue;
      await sms.send(technician.phone, `Next visit: ${order.customerName}, ${order.address}`);
    }
  }

  const timer = setInterval(() => {
    run(new Date()).catch((err) => log.error({ err }, 'reminders failed'));
  }, HOUR);
  return () => clearInterval(timer);
}
