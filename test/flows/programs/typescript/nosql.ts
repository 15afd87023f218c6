// --- objects in a filter
import express from 'express';
import mongoose from 'mongoose';
const User = mongoose.model('User', new mongoose.Schema({ email: String, password: String }));
const app = express();
app.use(express.json());
app.post('/login', async (req, res) => {
  const user = await User.findOne({ email: req.body.email, password: req.body.password }); // ! high nosql-injection
  res.json(user);
});
app.post('/a', async (req, res) => {
  const { token } = req.body;
  res.json(await User.findOne({ token })); // ! high nosql-injection
});
app.get('/b', async (req, res) => res.json(await User.find({ role: req.query.role }))); // ! medium nosql-injection
app.post('/c', async (req, res) => res.json(await User.find(req.body))); // ! high nosql-injection

// --- texts in a filter
import express from 'express';
import mongoose from 'mongoose';
import { z } from 'zod';
const User = mongoose.model('User', new mongoose.Schema({ email: String }));
const app = express();
app.post('/a', async (req, res) => res.json(await User.findOne({ email: String(req.body.email) })));
app.get('/b/:id', async (req, res) => res.json(await User.findOne({ _id: req.params.id })));
app.post('/c', async (req, res) => res.json(await User.findOne({ email: { $eq: req.body.email } })));
app.post('/c3', async (req, res) => res.json(await User.findOne({ tags: { $size: req.body.size } })));
app.post('/d', async (req, res) => {
  if (typeof req.body.email !== 'string') return res.sendStatus(400);
  res.json(await User.findOne({ email: req.body.email }));
});
app.post('/e', async (req, res) => res.json(await User.findOne({ email: req.body.email.trim().toLowerCase() })));
app.post('/f', async (req, res) => res.json(await User.findById(req.body.id)));
app.post('/g', async (req, res) => res.json(await User.findOne({ key: `user:${req.body.key}` })));
const Login = z.object({ email: z.string().email() });
app.post('/h', async (req, res) => {
  const { email } = Login.parse(req.body);
  res.json(await User.findOne({ email }));
});
app.post('/i', async (req, res) => res.json(await User.findOne({ _id: new mongoose.Types.ObjectId(req.body.id) })));

// --- the driver, a collection of a database
import { MongoClient } from 'mongodb';
import Fastify from 'fastify';
const client = new MongoClient(process.env.MONGO!);
const users = client.db('app').collection('users');
const fastify = Fastify();
fastify.post('/login', async (request) => {
  const { name, password } = request.body as any;
  return users.findOne({ name, password }); // ! high nosql-injection
});
fastify.get('/x/:name', async (request) => users.findOne({ name: request.params.name }));

// --- code in a filter
import express from 'express';
import { db } from './db';
const app = express();
app.get('/x', async (req, res) => {
  res.json(await db.collection('items').find({ $where: `this.owner == '${req.query.owner}'` }).toArray()); // ! high database-script-injection
});

// --- Nest: a model that is injected, and a DTO with checks
// file: auth.controller.ts
import { Body, Controller, Post } from '@nestjs/common';
import { AuthService } from './auth.service';
import { LoginDto } from './login.dto';
@Controller('auth')
export class AuthController {
  constructor(private readonly auth: AuthService) {}
  @Post('login')
  login(@Body() dto: LoginDto) {
    return this.auth.login(dto);
  }
  @Post('raw')
  raw(@Body() body: any) {
    return this.auth.raw(body.email);
  }
}
// file: login.dto.ts
import { IsEmail, IsString } from 'class-validator';
export class LoginDto {
  @IsEmail() email: string;
  @IsString() password: string;
}
// file: auth.service.ts
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { LoginDto } from './login.dto';
export class AuthService {
  constructor(@InjectModel('User') private readonly users: Model<any>) {}
  login(dto: LoginDto) {
    return this.users.findOne({ email: dto.email });
  }
  raw(email: string) {
    return this.users.findOne({ email }); // ! high nosql-injection
  }
}

// --- what is looked up by its id, and what is deleted by it
import express from 'express';
import mongoose from 'mongoose';
const app = express();
app.use(express.json());
const Card = mongoose.model('Card', schema);
app.post('/a', async (req, res) => res.json(await Card.findOne({ _id: req.body.cardId }))); // ! medium nosql-injection
app.post('/b', async (req, res) => res.json(await Card.deleteMany({ _id: req.body.cardId }))); // ! high nosql-injection
app.post('/c', async (req, res) => res.json(await Card.findOne({ _id: String(req.body.cardId) })));

// --- a check of a schema stands before the handler: what it lets through is not read here
import express from 'express';
import mongoose from 'mongoose';
import { validate } from './validate';
import { login } from './schemas';
const app = express();
app.use(express.json());
const User = mongoose.model('User', new mongoose.Schema({ email: String }));
const catchAsync = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
app.post('/login', validate(login), catchAsync(async (req, res) => {
  res.json(await User.findOne({ email: req.body.email })); // ! high nosql-injection
}));

// --- no schema stands before it
import express from 'express';
import mongoose from 'mongoose';
import { authenticate } from './authenticate';
const app = express();
app.use(express.json());
const User = mongoose.model('User', new mongoose.Schema({ email: String }));
app.post('/login', authenticate, async (req, res) => {
  res.json(await User.findOne({ email: req.body.email })); // ! high nosql-injection
});

// --- a pattern in a filter is no object, but matches more than a text
import express from 'express';
import mongoose from 'mongoose';
const User = mongoose.model('User', new mongoose.Schema({ email: String }));
const app = express();
app.post('/a', async (req, res) => res.json(await User.find({ email: { $regex: req.body.email, $options: 'i' } }))); // ! medium query-pattern
app.post('/b', async (req, res) => res.json(await User.find({ email: { $regex: RegExp.escape(String(req.body.email)) } })));
