import type { z } from 'zod';
import type { Session } from './session.ts';

/** Tells the client how far a call is. */
export type Tell = (progress: { done: number; total: number; message: string }) => void;

export interface Call {
  session: Session;
  signal: AbortSignal;
  tell: Tell;
}

export interface Answer<O> {
  /** By the tool's schema. */
  structured: O;
  /** The same for whoever reads. */
  text: string;
}

export interface Tool<I extends z.ZodType = z.ZodType, O extends z.ZodType<object> = z.ZodType<object>> {
  name: string;
  title: string;
  description: string;
  input: I;
  output: O;
  /** It may ask Claude, so what it reads may leave this machine. */
  openWorld: boolean;
  run(args: z.infer<I>, call: Call): Promise<Answer<z.infer<O>>>;
}
