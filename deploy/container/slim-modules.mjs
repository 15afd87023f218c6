// Removes from node_modules what nothing loads: types, sources, source maps, pages, and binaries of other platforms. Licences stay.
// Usage: node slim-modules.mjs DIR
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const UNUSED = /\.(?:[cm]?ts|map|flow|[ch]|cc|md|markdown)$/i;
const KEPT = /^(?:licen[cs]e|copying|notice)/i;
const PLATFORM = new RegExp(`(?:^|-)${process.platform}-${process.arch}$`, 'i');

function slim(dir) {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) {
      const foreign = dir.endsWith('prebuilds') && !PLATFORM.test(entry.name);
      if (foreign) rmSync(path, { recursive: true });
      else slim(path);
    } else if (UNUSED.test(entry.name) && !KEPT.test(entry.name)) rmSync(path);
  }
}

slim(process.argv[2]);
