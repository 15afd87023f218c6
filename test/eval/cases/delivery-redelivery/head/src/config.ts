import { z } from 'zod';

const schema = z.object({
  PORT: z.coerce.number().default(8080),
  DATABASE_URL: z.string().url(),
  JWKS_URL: z.string().url(),
  TOKEN_ISSUER: z.string(),
  CARRIER_BASE_URL: z.string().url(),
  CARRIER_API_KEY: z.string(),
  OPS_CHAT_URL: z.string().url().optional(),
});

export const config = schema.parse(process.env);
