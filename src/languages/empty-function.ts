import type { FunctionForm } from './form.ts';

/** A function of which nothing is known yet; without a parent it is the file's own code. */
export function emptyFunction(id: number, parent: number | null): FunctionForm {
  return {
    id,
    name: '',
    span: [0, 0],
    at: [0, 0],
    parameters: [],
    body: [],
    owner: null,
    receiver: null,
    parent,
    decorators: [],
    returns: null,
    role: 'function',
    async: false,
    public: false,
  };
}
