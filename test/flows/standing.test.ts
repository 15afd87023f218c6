import { expect, it } from 'vitest';
import { findProgramFlows } from '../../src/flows/find-program-flows.ts';
import { flowData } from '../support/flow-data.ts';

const data = flowData();

const FILES = {
  'users.controller.ts': `
    import { User } from './user.model';
    export const findUser = async (req, res) => {
      res.json(await User.findOne({ email: req.body.email }));
    };`,
  'user.model.ts': `
    import mongoose from 'mongoose';
    export const User = mongoose.model('User', new mongoose.Schema({ email: String }));`,
  'users.routes.ts': `
    import { Router } from 'express';
    import { validate } from './validate';
    import { Find } from './schemas';
    import { findUser } from './users.controller';
    const router = Router();
    router.post('/users/find', validate(Find), findUser);
    export default router;`,
  'validate.ts': `
    export const validate = (schema) => (req, res, next) => {
      schema.parse(req.body);
      next();
    };`,
  'schemas.ts': `
    import { z } from 'zod';
    export const Find = z.object({ email: z.string() });`,
};

async function look(names: readonly (keyof typeof FILES)[]) {
  const files = names.map((path) => ({ path, text: FILES[path] }));
  const { findings, wanted } = await findProgramFlows(files, ['users.controller.ts'], data);
  return { found: findings.map(({ ruleId }) => ruleId), wanted: wanted.map(({ module, named }) => named ?? module) };
}

it('asks who registers a handler in which something was found, and then for what stands before it', async () => {
  const base = ['users.controller.ts', 'user.model.ts'] as const;
  expect(await look(base)).toEqual({ found: ['nosql-injection'], wanted: ['users.controller'] });
  const registered = await look([...base, 'users.routes.ts']);
  expect(registered).toEqual({ found: ['nosql-injection'], wanted: ['./validate', './schemas'] });
  expect(await look([...base, 'users.routes.ts', 'validate.ts', 'schemas.ts'])).toEqual({ found: [], wanted: [] });
});
