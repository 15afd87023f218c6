import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { z } from 'zod';
import { OrganisationStore } from '../organisations/store.js';
import { requireRole } from '../plugins/session.js';
import { TechnicianStore } from '../technicians/store.js';
import { WorkOrderStore } from '../work-orders/store.js';
import { planStops } from './plan-stops.js';
import { renderSheet } from './render-sheet.js';

const MAX_STOPS = 60;

const id = z.string().regex(/^\d{1,18}$/);
const sheetBody = z.object({
  technicianId: id,
  day: z.string().date(),
  orderIds: z.array(id).min(1).max(MAX_STOPS),
});

export async function routeSheetRoutes(app: FastifyInstance, { pool }: { pool: Pool }) {
  const organisations = new OrganisationStore(pool);
  const technicians = new TechnicianStore(pool);
  const orders = new WorkOrderStore(pool);
  app.addHook('preHandler', requireRole('dispatcher'));

  app.post('/', async (request, reply) => {
    const { orgId } = request.session;
    const { technicianId, day, orderIds } = sheetBody.parse(request.body);

    const [timeZone, technician] = await Promise.all([
      organisations.timeZone(orgId),
      technicians.find(orgId, technicianId),
    ]);
    if (!technician) return reply.code(404).send({ error: 'technician_not_found' });
    if (!technician.active) return reply.code(409).send({ error: 'technician_inactive' });

    const wanted = [...new Set(orderIds)];
    const found = await orders.findMany(wanted);
    if (found.length !== wanted.length) return reply.code(404).send({ error: 'work_order_not_found' });

    const { stops, skipped } = planStops(found, day, timeZone);
    const sheet = renderSheet({ technician, day, timeZone, stops });
    request.log.info({ technicianId, day, stops: stops.length, skipped: skipped.length }, 'route sheet made');

    return reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('x-skipped-orders', skipped.map((order) => order.id).join(','))
      .send(sheet);
  });
}
