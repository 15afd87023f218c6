import express from 'express';
import { Order } from './models/order.js';

export const checkout = express.Router();

checkout.post('/orders', async (request, response) => {
  const order = await Order.create({ userId: request.user.id, items: request.body.items, total: request.body.total }); // ! high amount-from-request
  response.status(201).json({ id: order.id });
});
