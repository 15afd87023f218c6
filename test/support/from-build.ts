import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { BUILT_FILES, placeInBuild } from './build.ts';

/** Given to `node --import`: code of `src/` starts the programs of the build, as code that a test loads does. */
registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (url !== BUILT_FILES.href) return loaded;
    return { ...loaded, source: placeInBuild(readFileSync(BUILT_FILES, 'utf8')) };
  },
});
