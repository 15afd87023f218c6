import { Router } from 'express';
import { requireUser } from './require-user.ts';
import { shipments } from './shipments-store.ts';

export const router = Router();
router.use(requireUser);

router.get('/api/shipments/:id', async (request, response) => {
  const shipment = await shipments.find(request.params.id);
  response.json({
    id: shipment.id,
    trackingCode: shipment.trackingCode, // ! medium answer-field-removed
    state: shipment.state,
  });
});

router.post('/api/shipments/:id/recall', async (request, response) => { // ! medium route-removed
  await shipments.recall(request.params.id);
  response.json({ state: 'recalled' });
});
