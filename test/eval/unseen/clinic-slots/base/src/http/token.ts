import { jwtVerify } from 'jose';
import { z } from 'zod';

export const ROLES = ['patient', 'staff', 'admin'] as const;

const claims = z.object({
  sub: z.string().min(1),
  clinic: z.string().uuid(),
  role: z.enum(ROLES),
});

export type Role = (typeof ROLES)[number];
export interface Session {
  userId: string;
  clinicId: string;
  role: Role;
}
export type TokenReader = (token: string) => Promise<Session | undefined>;

export function createTokenReader(key: string): TokenReader {
  if (key.length < 32) throw new Error('TOKEN_KEY is too short');
  const secret = new TextEncoder().encode(key);
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, secret, { algorithms: ['HS256'], audience: 'clinic-slots' });
      const { sub, clinic, role } = claims.parse(payload);
      return { userId: sub, clinicId: clinic, role };
    } catch {
      return undefined;
    }
  };
}
