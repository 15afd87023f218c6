import type { Expression, Type } from '../form.ts';

/** A type and what `Annotated[T, …]` says beside it. */
export interface Annotation {
  type: Type | null;
  decorators: readonly Expression[];
}
