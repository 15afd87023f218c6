import express from 'express';
import { MongoClient, ObjectId } from 'mongodb';

const client = new MongoClient('mongodb://app:Vireo-71-quartz-Fen@db.internal:27017/accounts'); // ! critical secret-in-source
const accounts = client.db('accounts').collection('accounts');
export const router = express.Router();

router.post('/login', express.json(), async (request, response) => {
  const { name, pin } = request.body;
  const account = await accounts.findOne({ name, pin }); // ! high nosql-injection
  response.json({ known: account !== null });
});

router.get('/search', async (request, response) => {
  const pattern = new RegExp(String(request.query.q), 'i'); // ! medium pattern-injection
  response.json(await accounts.find({ city: pattern }).limit(20).toArray());
});

router.get('/accounts/:id', async (request, response) => {
  response.json(await accounts.findOne({ _id: new ObjectId(request.params.id) }));
});
