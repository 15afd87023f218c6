import { z } from 'zod';

const schema = z.object({
  PORT: z.coerce.number().default(8080),
  DATABASE_URL: z.string().url(),
  LUMAPAY_SECRET: z.string().min(32),
});

export interface Config {
  port: number;
  databaseUrl: string;
  lumapaySecret: string;
}

export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = schema.parse(env);
  return {
    port: parsed.PORT,
    databaseUrl: parsed.DATABASE_URL,
    lumapaySecret: parsed.LUMAPAY_SECRET,
  };
}
