import { dirname } from 'node:path';
import { decideSelection, isMigration } from '../scope/select.ts';

export interface Survey {
  /** Backend files by kind, the most frequent first. */
  kinds: { kind: string; files: number }[];
  frameworks: string[];
  /** Folders of migrations. */
  migrations: string[];
}

/** As manifests name them. */
const FRAMEWORKS: Readonly<Record<string, RegExp>> = {
  Express: /"express"\s*:/,
  Fastify: /"fastify"\s*:/,
  NestJS: /"@nestjs\/core"\s*:/,
  Koa: /"koa"\s*:/,
  Hono: /"hono"\s*:/,
  'Next.js': /"next"\s*:/,
  Prisma: /"@prisma\/client"\s*:/,
  TypeORM: /"typeorm"\s*:/,
  Drizzle: /"drizzle-orm"\s*:/,
  Knex: /"knex"\s*:/,
  Sequelize: /"sequelize"\s*:/,
  Django: /\bdjango\b/i,
  Flask: /\bflask\b/i,
  FastAPI: /\bfastapi\b/i,
  SQLAlchemy: /\bsqlalchemy\b/i,
  Celery: /\bcelery\b/i,
  Gin: /github\.com\/gin-gonic\/gin\b/,
  Echo: /github\.com\/labstack\/echo\b/,
  Chi: /github\.com\/go-chi\/chi\b/,
  GORM: /\bgorm\.io\/gorm\b/,
};

/** What a repository is made of, by the paths of its files and the texts of its manifests. */
export function survey(paths: readonly string[], manifests: readonly string[]): Survey {
  const counts = new Map<string, number>();
  const migrations = new Set<string>();
  for (const path of paths) {
    const selection = decideSelection(path);
    if (!('kind' in selection) || ['credentials', 'test', 'workflow', 'view'].includes(selection.kind)) continue;
    counts.set(selection.kind, (counts.get(selection.kind) ?? 0) + 1);
    if (isMigration(path)) migrations.add(dirname(path));
  }
  return {
    kinds: [...counts].map(([kind, files]) => ({ kind, files })).sort((a, b) => b.files - a.files),
    frameworks: Object.keys(FRAMEWORKS).filter((name) => manifests.some((text) => FRAMEWORKS[name]?.test(text))),
    migrations: joinSiblings(migrations),
  };
}

/** Prisma and others give each migration a folder of its own: from three folders of one parent on, the parent is named. */
function joinSiblings(folders: ReadonlySet<string>): string[] {
  const byParent = Map.groupBy(folders, dirname);
  const joined = [...byParent].flatMap(([parent, ones]) =>
    ones.length < 3 || parent === '.' ? ones : [`${parent}/*`],
  );
  return joined.sort();
}
