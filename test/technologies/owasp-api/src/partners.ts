import { Agent } from 'node:https';
import axios from 'axios';
import express from 'express';

const agent = new Agent({ rejectUnauthorized: false }); // ! high tls-verification-off

export const partners = express.Router();

partners.get('/partners/:id/stock', async (request, response) => {
  const { data } = await axios.get(`https://stock.partner.example/items/${Number(request.params.id)}`, { // ! medium missing-request-timeout
    httpsAgent: agent,
  });
  response.json({ left: Number(data.left) });
});
