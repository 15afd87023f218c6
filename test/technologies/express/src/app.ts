import cors from 'cors';
import express from 'express';

export const app = express();
app.use(cors({ origin: true, credentials: true })); // ! high cors-any-origin-with-credentials

app.get('/hello', (request, response) => {
  response.send(`<h1>Hello ${request.query.name}</h1>`); // ! high reflected-html
});

app.get('/back', (request, response) => {
  response.redirect(String(request.query.to)); // ! medium open-redirect
});

app.post('/session', (request, response) => {
  response.cookie('session', crypto.randomUUID(), { maxAge: 3_600_000 }); // ! medium unprotected-cookie
  response.json({ ok: true });
});

app.get('/orders/:id', async (request, response) => {
  try {
    const answer = await fetch(`http://orders.internal/orders/${Number(request.params.id)}`, {
      signal: AbortSignal.timeout(5_000),
    });
    response.json(await answer.json());
  } catch (error) {
    response.status(500).json({ error: (error as Error).stack }); // ! medium error-detail-to-client
  }
});
