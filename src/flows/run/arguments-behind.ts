import type { Value } from '../values/value.ts';
import { itemOf } from './fields.ts';
import type { Arguments } from './run.ts';

/** Calls that call a function of the program, at once or later, with the arguments that follow it. */
const CALLS_WITH =
  /^(?:add_task|submit|to_thread|run_in_executor|run_in_threadpool|run_sync|start_soon|call_soon|call_soon_threadsafe|enqueue|spawn|spawn_n)$/;
/** Calls that get these arguments as one list. */
const STARTS = /^(?:Thread|Process|Timer|apply_async|apply)$/;

/** A call that calls a function with the arguments that follow it, and gives what comes of it. */
export function isStarted(method: string): boolean {
  return /^(?:submit|to_thread|run_in_executor|run_in_threadpool|run_sync)$/.test(method);
}

/** `reduce(join, names, '')`: what was there, and an item. */
export function argumentsOfReduce({ list: [callee, over, first] }: Arguments): readonly Value[] | null {
  if (!callee?.functions.length || !over) return null;
  const item = itemOf(over, '…');
  return [first ?? item, item];
}

/** `tasks.add_task(write, path)`, `Thread(target=write, args=(path,))`: what the function is called with, in Python. Null: it is none of them. */
export function argumentsBehind(method: string, { list, named }: Arguments): readonly Value[] | null {
  if (CALLS_WITH.test(method)) {
    const at = list.findIndex(({ functions }) => functions.length > 0);
    return at < 0 ? null : list.slice(at + 1);
  }
  if (!STARTS.test(method)) return null;
  const given = named.get('args') ?? list.find(({ entries, functions }) => entries && functions.length === 0);
  return given?.entries && !given.entries.has('*') ? [...given.entries.values()] : null;
}
