import { PGlite } from '@electric-sql/pglite';

/** Creates the embedded database in the directory of the first argument, in a process of its own (open-pglite.ts says why). */
const database = await PGlite.create(process.argv[2] ?? '');
await database.close();
