import { z } from 'zod';

/** A pull request's number: it has an integer column. */
export const PullNumber = z
  .number()
  .int()
  .positive()
  .max(2 ** 31 - 1);

/** What GitHub numbers anything else with. JSON knows `-0`, which is another number once it was stored. */
export const Id = z.number().int().positive();

const Name = z.string().min(1);

/** What every payload that the App decodes says of where it comes from. */
export const PayloadOrigin = z.object({
  action: z.string(),
  installation: z.object({ id: Id }),
  repository: z.object({ id: Id, name: Name, owner: z.object({ login: Name }) }),
});

/** And of who did it. */
export const PayloadSender = z.object({ login: Name, type: z.string() });
