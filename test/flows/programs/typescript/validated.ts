// --- a factory parses the query by the schema that it is given, and hands it on
// file: handler.ts
import type { Request, Response, NextFunction } from 'express';
export function createHandler(schemas) {
  return (handler) => {
    return async (req: Request, res: Response, next: NextFunction) => {
      try {
        const query = schemas.query.safeParse(req.query);
        if (!query.success) return res.status(400).json({ error: query.error });
        req.query = query.data;
        res.json(await handler(req));
      } catch (error) {
        next(error);
      }
    };
  };
}
// file: schemas.ts
import { z } from 'zod';
export const listSchemas = { query: z.object({ owner: z.string(), state: z.enum(['open', 'done']) }) };
// file: list.ts
import { createHandler } from './handler';
import { listSchemas } from './schemas';
import { MongoClient } from 'mongodb';
const client = new MongoClient(process.env.MONGO_URL);
export const list = createHandler(listSchemas)(async (req) => {
  return client.db('tasks').collection('tasks').find({ owner: req.query.owner, state: req.query.state }).toArray();
});
// --- the schema lets anything through
// file: handler.ts
import type { Request, Response, NextFunction } from 'express';
export function createHandler(schemas) {
  return (handler) => {
    return async (req: Request, res: Response, next: NextFunction) => {
      try {
        const query = schemas.query.safeParse(req.query);
        if (!query.success) return res.status(400).json({ error: query.error });
        req.query = query.data;
        res.json(await handler(req));
      } catch (error) {
        next(error);
      }
    };
  };
}
// file: schemas.ts
import { z } from 'zod';
export const listSchemas = { query: z.object({ owner: z.any(), state: z.enum(['open', 'done']) }) };
// file: list.ts
import { createHandler } from './handler';
import { listSchemas } from './schemas';
import { MongoClient } from 'mongodb';
const client = new MongoClient(process.env.MONGO_URL);
export const list = createHandler(listSchemas)(async (req) => {
  return client.db('tasks').collection('tasks').find({ owner: req.query.owner, state: req.query.state }).toArray(); // ! medium nosql-injection
});
// --- the factory looks at the body, and the value comes from the query
// file: handler.ts
import type { Request, Response, NextFunction } from 'express';
export function createHandler(schemas) {
  return (handler) => {
    return async (req: Request, res: Response, next: NextFunction) => {
      const body = schemas.body.safeParse(req.body);
      if (!body.success) return res.status(400).json({ error: body.error });
      req.body = body.data;
      res.json(await handler(req));
    };
  };
}
// file: schemas.ts
import { z } from 'zod';
export const listSchemas = { body: z.object({ owner: z.string() }) };
// file: list.ts
import { createHandler } from './handler';
import { listSchemas } from './schemas';
import { MongoClient } from 'mongodb';
const client = new MongoClient(process.env.MONGO_URL);
export const list = createHandler(listSchemas)(async (req) => {
  return client.db('tasks').collection('tasks').find({ owner: req.query.owner }).toArray(); // ! medium nosql-injection
});
// --- validate(schema, handler) parses the body, and its result is not used: it throws for the wrong type
// file: validate.ts
export const validate = (schema, handler) => async (req, res, next) => {
  try {
    schema.parse(req.body);
    await handler(req, res);
  } catch (error) {
    next(error);
  }
};
// file: main.ts
import { z } from 'zod';
import mongoose from 'mongoose';
import express from 'express';
import { validate } from './validate';
const User = mongoose.model('User', new mongoose.Schema({ email: String }));
const Login = z.object({ email: z.string().email() });
const router = express.Router();
router.post('/login', validate(Login, async (req, res) => {
  res.json(await User.findOne({ email: req.body.email }));
}));
// --- the result of safeParse is not looked at
// file: validate.ts
export const validate = (schema, handler) => async (req, res, next) => {
  try {
    schema.safeParse(req.body);
    await handler(req, res);
  } catch (error) {
    next(error);
  }
};
// file: main.ts
import { z } from 'zod';
import mongoose from 'mongoose';
import express from 'express';
import { validate } from './validate';
const User = mongoose.model('User', new mongoose.Schema({ email: String }));
const Login = z.object({ email: z.string().email() });
const router = express.Router();
router.post('/login', validate(Login, async (req, res) => {
  res.json(await User.findOne({ email: req.body.email })); // ! high nosql-injection
}));
// --- a middleware of the program parses the body before the controller of another file
// file: validate.ts
import type { Request, Response, NextFunction } from 'express';
import type { ZodSchema } from 'zod';
export const validate = (schema: ZodSchema) => (req: Request, res: Response, next: NextFunction) => {
  const parsed = schema.safeParse(req.body);
  if (!parsed.success) return res.status(422).json(parsed.error.format());
  req.body = parsed.data;
  next();
};
// file: users.controller.ts
import { User } from './user.model';
export const findUser = async (req, res) => {
  res.json(await User.findOne({ email: req.body.email }));
};
// file: user.model.ts
import mongoose from 'mongoose';
export const User = mongoose.model('User', new mongoose.Schema({ email: String }));
// file: users.routes.ts
import { Router } from 'express';
import { z } from 'zod';
import { validate } from './validate';
import { findUser } from './users.controller';
const router = Router();
router.post('/users/find', validate(z.object({ email: z.string() })), findUser);
export default router;
// --- the same middleware, and the controller reads the query
// file: validate.ts
import type { Request, Response, NextFunction } from 'express';
import type { ZodSchema } from 'zod';
export const validate = (schema: ZodSchema) => (req: Request, res: Response, next: NextFunction) => {
  const parsed = schema.safeParse(req.body);
  if (!parsed.success) return res.status(422).json(parsed.error.format());
  req.body = parsed.data;
  next();
};
// file: users.controller.ts
import { User } from './user.model';
export const findUser = async (req, res) => {
  res.json(await User.findOne({ email: req.query.email })); // ! high nosql-injection
};
// file: user.model.ts
import mongoose from 'mongoose';
export const User = mongoose.model('User', new mongoose.Schema({ email: String }));
// file: users.routes.ts
import { Router } from 'express';
import { z } from 'zod';
import { validate } from './validate';
import { findUser } from './users.controller';
const router = Router();
router.get('/users/find', validate(z.object({ email: z.string() })), findUser);
export default router;
// --- the middleware goes on where the schema says no
// file: validate.ts
export const validate = (schema) => (req, res, next) => {
  const parsed = schema.safeParse(req.body);
  if (!parsed.success) console.warn(parsed.error);
  next();
};
// file: users.controller.ts
import { User } from './user.model';
export const findUser = async (req, res) => {
  res.json(await User.findOne({ email: req.body.email })); // ! high nosql-injection
};
// file: user.model.ts
import mongoose from 'mongoose';
export const User = mongoose.model('User', new mongoose.Schema({ email: String }));
// file: users.routes.ts
import { Router } from 'express';
import { z } from 'zod';
import { validate } from './validate';
import { findUser } from './users.controller';
const router = Router();
router.post('/users/find', validate(z.object({ email: z.string() })), findUser);
export default router;
// --- all parts by one schema, parsed together
// file: validate.ts
export const validate = (schema) => async (req, res, next) => {
  try {
    await schema.parseAsync({ body: req.body, query: req.query, params: req.params });
    return next();
  } catch (error) {
    return res.status(400).json(error);
  }
};
// file: controller.ts
import mongoose from 'mongoose';
const Order = mongoose.model('Order', new mongoose.Schema({ state: String }));
export async function list(req, res) {
  res.json(await Order.find({ state: req.query.state }));
}
// file: routes.ts
import express from 'express';
import { z } from 'zod';
import { validate } from './validate';
import * as controller from './controller';
const router = express.Router();
const ListOrders = z.object({ query: z.object({ state: z.string() }) });
router.get('/orders', validate(ListOrders), controller.list);
// --- router.use(validate(schema)) stands before all that is registered behind it
import { Router } from 'express';
import { z } from 'zod';
import { Pool } from 'pg';
const pool = new Pool();
const validate = (schema: z.ZodTypeAny) => (req, res, next) => {
  const result = schema.safeParse(req.query);
  if (!result.success) return res.status(400).json(result.error.issues);
  req.query = result.data;
  next();
};
export const users = Router();
users.use(validate(z.object({ sort: z.enum(['name', 'age']) })));
users.get('/', async (req, res) => { res.json((await pool.query(`select * from users order by ${req.query.sort}`)).rows); });
// --- … and not before what was registered before it
import { Router } from 'express';
import { z } from 'zod';
import { Pool } from 'pg';
const pool = new Pool();
const validate = (schema: z.ZodTypeAny) => (req, res, next) => {
  const result = schema.safeParse(req.query);
  if (!result.success) return res.status(400).json(result.error.issues);
  req.query = result.data;
  next();
};
export const users = Router();
users.get('/', async (req, res) => { res.json((await pool.query(`select * from users order by ${req.query.sort}`)).rows); }); // ! critical sql-injection
users.use(validate(z.object({ sort: z.enum(['name', 'age']) })));
// --- … nor on another router, nor under an address, nor perhaps
import { Router } from 'express';
import { z } from 'zod';
import { Pool } from 'pg';
const pool = new Pool();
const check = (req, res, next) => { z.object({ sort: z.enum(['name', 'age']) }).parse(req.query); next(); };
const users = Router();
const others = Router();
const perhaps = Router();
const under = Router();
users.use(check);
under.use('/lists', check);
if (process.env.STRICT) perhaps.use(check);
others.get('/', async (req, res) => { res.json((await pool.query(`select * from users order by ${req.query.sort}`)).rows); }); // ! critical sql-injection
under.get('/all', async (req, res) => { res.json((await pool.query(`select * from users order by ${req.query.sort}`)).rows); }); // ! critical sql-injection
perhaps.get('/', async (req, res) => { res.json((await pool.query(`select * from users order by ${req.query.sort}`)).rows); }); // ! critical sql-injection
export { users, others, perhaps, under };
// --- … in a function that is given the app, and for a handler of its own name
import { z } from 'zod';
import { Pool } from 'pg';
import type { Router } from 'express';
const pool = new Pool();
const check = (req, res, next) => { z.object({ sort: z.enum(['name', 'age']) }).parse(req.query); next(); };
async function list(req, res) { res.json((await pool.query(`select * from users order by ${req.query.sort}`)).rows); }
export function routes(router: Router) {
  router.use(check);
  router.get('/', list);
}
// --- in Koa the same
import Koa from 'koa';
import Router from '@koa/router';
import Joi from 'joi';
import { MongoClient } from 'mongodb';
const users = new MongoClient(process.env.MONGO_URL!).db().collection('users');
const validate = (schema: Joi.Schema) => async (ctx: Koa.Context, next: Koa.Next) => {
  const { error, value } = schema.validate(ctx.request.body);
  if (error) ctx.throw(400, error.message);
  ctx.request.body = value;
  await next();
};
const router = new Router();
router.post('/open', async (ctx) => { ctx.body = await users.findOne({ email: ctx.request.body.email }); }); // ! high nosql-injection
router.use(validate(Joi.object({ email: Joi.string().email().required() })));
router.post('/login', async (ctx) => { ctx.body = await users.findOne({ email: ctx.request.body.email }); });
// --- a check that is taken only where a switch says so
import { Router } from 'express';
import { z } from 'zod';
import { Pool } from 'pg';
const pool = new Pool();
const validate = (schema: z.ZodTypeAny) => (req, res, next) => { schema.parse(req.query); next(); };
const goOn = (_req, _res, next) => next();
const isStrict = process.env.STRICT === '1';
export const users = Router();
users.get('/', isStrict ? validate(z.object({ sort: z.enum(['name']) })) : goOn, async (req, res) => {
  res.json((await pool.query(`select * from users order by ${req.query.sort}`)).rows); // ! critical sql-injection
});
users.get('/b', ...(isStrict ? [validate(z.object({ sort: z.enum(['name']) }))] : []), async (req, res) => {
  res.json((await pool.query(`select * from users order by ${req.query.sort}`)).rows); // ! critical sql-injection
});
// --- one of two checks, and each of them is strict enough
import { Router } from 'express';
import { z } from 'zod';
import { Pool } from 'pg';
const pool = new Pool();
const validate = (schema: z.ZodTypeAny) => (req, res, next) => { schema.parse(req.query); next(); };
const isNew = process.env.NEW === '1';
export const users = Router();
users.get('/', isNew ? validate(z.object({ sort: z.enum(['name', 'age']) })) : validate(z.object({ sort: z.enum(['name']) })), async (req, res) => {
  res.json((await pool.query(`select * from users order by ${req.query.sort}`)).rows);
});
users.get('/list', [validate(z.object({ sort: z.enum(['name']) }))], async (req, res) => {
  res.json((await pool.query(`select * from users order by ${req.query.sort}`)).rows);
});
