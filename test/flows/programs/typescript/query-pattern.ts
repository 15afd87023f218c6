// --- a stage of a pipeline
import express from 'express';
import { MongoClient } from 'mongodb';
const app = express();
const orders = new MongoClient('mongodb://db').db('shop').collection('orders');
app.get('/orders', async (req, res) => {
  const match = { title: { $regex: String(req.query.q), $options: 'i' } };
  res.json(await orders.aggregate([{ $match: match }, { $limit: 20 }]).toArray()); // ! medium query-pattern
});

// --- one of several conditions, in a method of a controller
import { Controller, Get, Query } from '@nestjs/common';
import { Model } from 'mongoose';
@Controller('people')
export class PeopleController {
  constructor(private readonly people: Model<Person>) {}
  @Get()
  search(@Query('q') q: string) {
    return this.people.find({ $or: [{ name: { $regex: q } }, { email: { $regex: `^${q}` } }] }).limit(20); // ! medium query-pattern
  }
}

// --- what is changed is found by a pattern
import Router from '@koa/router';
import mongoose from 'mongoose';
const Ticket = mongoose.model('Ticket', new mongoose.Schema({ code: String, open: Boolean }));
const router = new Router();
router.post('/tickets/:code/close', async (ctx) => {
  ctx.body = await Ticket.findOneAndUpdate({ code: { $regex: ctx.params.code } }, { $set: { open: false } }); // ! medium query-pattern
});

// --- an escaped text
import express from 'express';
import escapeStringRegexp from 'escape-string-regexp';
import { MongoClient } from 'mongodb';
const app = express();
const orders = new MongoClient('mongodb://db').db('shop').collection('orders');
app.get('/orders', async (req, res) => {
  const start = `^${escapeStringRegexp(String(req.query.q))}`;
  res.json(await orders.aggregate([{ $match: { title: { $regex: start } } }, { $limit: 20 }]).toArray());
});

// --- a pattern of the program, beside a value that is compared
import express from 'express';
import { MongoClient } from 'mongodb';
const app = express();
const orders = new MongoClient('mongodb://db').db('shop').collection('orders');
app.get('/orders', async (req, res) => {
  res.json(await orders.find({ sku: { $regex: '^A-' }, shop: String(req.query.shop) }).limit(20).toArray());
});

// --- a text index
import express from 'express';
import mongoose from 'mongoose';
const Post = mongoose.model('Post', new mongoose.Schema({ title: String }));
const app = express();
app.get('/posts', async (req, res) => {
  res.json(await Post.find({ $text: { $search: String(req.query.q) } }).limit(20));
});

// --- a number in a pattern
import express from 'express';
import { MongoClient } from 'mongodb';
const app = express();
const orders = new MongoClient('mongodb://db').db('shop').collection('orders');
app.get('/years/:year', async (req, res) => {
  const year = Number(req.params.year);
  res.json(await orders.countDocuments({ number: { $regex: `^${year}-` } }));
});
