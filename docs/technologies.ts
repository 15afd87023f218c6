import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LibraryModel } from '../src/flows/data/library-model.ts';
import { expandNames } from '../src/flows/data/models.ts';
import { listOwasp, listOwaspApi, listTwelveFactors } from './lists.ts';

/** A pull request on a small service; flawed lines are marked (`// ! high sql-injection`, several behind each other), as are removed ones. */
export interface Technology {
  id: string;
  name: string;
  /** Texts without the marks, by path: those that the change changes, as they were. */
  before: Map<string, string>;
  after: Map<string, string>;
  /** `LEFT`: a line of the text before. */
  expected: { path: string; side: 'LEFT' | 'RIGHT'; line: number; severity: string; ruleId: string }[];
}

const DIR = fileURLToPath(new URL('../test/technologies', import.meta.url));

/** Every technology of the agent's definition, in its order, and two lists. */
const NAMES: Record<string, string> = {
  nodejs: 'Node.js',
  python: 'Python',
  go: 'Go',
  postgresql: 'PostgreSQL',
  redis: 'Redis',
  mongodb: 'MongoDB',
  rest: 'REST and OpenAPI',
  graphql: 'GraphQL',
  grpc: 'gRPC and protobuf',
  docker: 'Docker',
  kubernetes: 'Kubernetes',
  rabbitmq: 'RabbitMQ',
  kafka: 'Kafka',
  express: 'Express',
  fastify: 'Fastify',
  nestjs: 'NestJS',
  // The lists, on a service each.
  'owasp-api': 'OWASP API Security Top 10, by example',
  'twelve-factors': 'The twelve factors, by example',
};

const BEFORE = 'before/';
const MARK = /[ \t]*(?:\/\/|#|--) ! (critical|high|medium|low) ([\w-]+)/g;

/** The services of `test/technologies`. */
export function readTechnologies(): Technology[] {
  return Object.entries(NAMES).map(([id, name]) => {
    const files = readdirSync(join(DIR, id), { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    const texts = files.map((file) => {
      const path = join(file.parentPath, file.name);
      return [path.slice(join(DIR, id).length + 1).replaceAll(sep, '/'), readFileSync(path, 'utf8')] as const;
    });
    const [after = [], before = []] = [false, true].map((isBefore) =>
      texts.filter(([path]) => path.startsWith(BEFORE) === isBefore),
    );
    const past = before.map(([path, text]) => [path.slice(BEFORE.length), text] as const);
    return {
      id,
      name,
      before: new Map(past.map(([path, text]) => [path, text.replace(MARK, '')])),
      after: new Map(after.map(([path, text]) => [path, text.replace(MARK, '')])),
      expected: [
        ...after.flatMap(([path, text]) => listMarks(path, text, 'RIGHT')),
        ...past.flatMap(([path, text]) => listMarks(path, text, 'LEFT')),
      ],
    };
  });
}

function listMarks(path: string, text: string, side: 'LEFT' | 'RIGHT'): Technology['expected'] {
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(MARK)].map(([, severity = '', ruleId = '']) => ({
      path,
      side,
      line: index + 1,
      severity,
      ruleId,
    })),
  );
}

interface Described {
  id: string;
  title: string;
  cwe: readonly string[];
}

/** Markdown: what the services show of each technology, and the packages whose calls are known. */
export function renderTechnologies(
  rules: readonly Described[],
  classes: readonly { id: string; kind: string }[],
  libraries: readonly LibraryModel[],
): string {
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  const sections = readTechnologies().map(({ id, name, expected }) => {
    const kinds = [...Map.groupBy(expected, ({ ruleId }) => ruleId)].map(([ruleId, [first]]) => {
      const file = first?.path ?? '';
      return `| ${linkRule(ruleId)} | ${first?.severity} | ${titles.get(ruleId) ?? ''} | [${file}](../test/technologies/${id}/${first?.side === 'LEFT' ? BEFORE : ''}${file}#L${first?.line}) |`;
    });
    return `## ${name}\n\n| rule | severity | | shown in |\n| --- | --- | --- | --- |\n${kinds.join('\n')}`;
  });
  const rows = libraries.map((one) => {
    const kinds = new Set([...one.sinks, ...one.assigned].map(({ kind }) => kind));
    const harm = classes.filter(({ kind }) => kinds.has(kind)).map(({ id }) => `\`${id}\``);
    const packages = listPackages(one).map((name) => `\`${name}\``);
    return `| ${one.language} | ${one.library} | ${packages.join(', ')} | ${harm.join(', ')} |`;
  });
  const lists = [
    ['OWASP Top 10 (2021)', listOwasp(rules)] as const,
    ['OWASP API Security Top 10 (2023)', listOwaspApi(rules)] as const,
    ['The twelve factors', listTwelveFactors()] as const,
  ].map(([title, list]) => {
    const lines = list.map(({ category, ids }) => `| ${category} | ${ids.map(linkRule).join(', ') || '–'} |`);
    return `## ${title}\n\n| | rules |\n| --- | --- |\n${lines.join('\n')}`;
  });
  return `${[...sections, ...lists].join('\n\n')}\n\n## Packages\n\nWhat comes in through them, and where it does harm, is followed across functions and files. Model: \`agents/backend-dev/models/LANGUAGE/NAME.yml\`.\n\n| language | model | packages | flaws |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

function linkRule(id: string): string {
  return `[\`${id}\`](rules.md#${id})`;
}

const MOST_PACKAGES = 40;

/** `@prisma/client.PrismaClient()` is of `@prisma/client`. */
function listPackages({ gives, sources, sinks, handlers }: LibraryModel): string[] {
  const names = [
    ...Object.keys(gives).flatMap(expandNames),
    ...[...sources.map(({ at }) => at), ...sinks.map(({ call }) => call), ...handlers.map(({ call }) => call)].flatMap(
      expandNames,
    ),
  ];
  const packages = names.map((name) => {
    const at = name.indexOf('.', name.lastIndexOf('/') + 1);
    return (at < 0 ? name : name.slice(0, at)).replace(/\(\)$/, '');
  });
  return [...new Set(packages)]
    .filter((name) => /^@?[a-z][\w./-]+$/.test(name))
    .sort()
    .slice(0, MOST_PACKAGES);
}
