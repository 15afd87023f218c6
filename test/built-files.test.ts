import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PARSED_FILES } from '../src/built-files.ts';
import { BUILD } from './support/build.ts';

it('what a test starts is the build of this checkout as it stands, not one that Vitest remembers', () => {
  expect([PARSED_FILES.startsWith(`${BUILD}/`), existsSync(PARSED_FILES)]).toEqual([true, true]);
});
