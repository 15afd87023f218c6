import express from 'express';
import { orders } from './orders.ts';

export const router = express.Router();

router.get('/orders/:id/delete', async (request, response) => {
  await orders.destroy({ where: { id: request.params.id } }); // ! medium mutation-by-get
  response.sendStatus(204);
});

router.delete('/orders/:id', async (request, response) => {
  await orders.destroy({ where: { id: request.params.id } });
  response.sendStatus(204);
});
