import { Router } from 'express';
import { requireUser } from './require-user.ts';
import { shipments } from './shipments-store.ts';

export const router = Router();
router.use(requireUser);

router.get('/api/shipments/:id', async (request, response) => {
  const shipment = await shipments.find(request.params.id);
  response.json({
    id: shipment.id,
    state: shipment.state,
  });
});
