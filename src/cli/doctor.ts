import { composeDoctor } from '../compose-status.ts';
import { readEnvironment } from '../config/env.ts';
import { joinNetwork } from '../network.ts';
import type { Check } from '../status/check.ts';
import { decideStatus } from '../status/decide-status.ts';
import { lookAround } from '../status/look-around.ts';
import { VERSION } from '../version.ts';

const MARKS = { ok: 'ok', off: 'off', waiting: 'wait', fail: 'FAIL' } as const;

/** `doctor`: what is in order, and what to do where it is not. Exit 2 when something that is configured does not work. */
export async function runDoctor({ format }: { format: 'text' | 'json' }): Promise<number> {
  const env = readEnvironment();
  joinNetwork(env);
  const { sources, close } = composeDoctor(env);
  try {
    const checks: Check[] = [];
    for (const { check } of lookAround(sources)) {
      const done = await check;
      checks.push(done);
      if (format === 'text') process.stdout.write(renderCheck(done));
    }
    const status = decideStatus(checks);
    if (format === 'json') {
      const tool = { name: 'backend-dev', version: VERSION };
      process.stdout.write(`${JSON.stringify({ schemaVersion: 1, tool, status, checks }, null, 2)}\n`);
    }
    return status === 'fail' ? 2 : 0;
  } finally {
    await close();
  }
}

function renderCheck({ name, status, text, todo, links }: Check): string {
  const more =
    status === 'ok' ? [] : [...(todo?.split('\n') ?? []), ...links.map((link) => `${link.text}: ${link.url}`)];
  return [`${MARKS[status].padEnd(6)}${name.padEnd(13)} ${text}`, ...more.map((line) => `${' '.repeat(20)}${line}`)]
    .map((line) => `${line}\n`)
    .join('');
}
