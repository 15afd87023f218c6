import type { Instruction } from 'dockerfile-ast';
import { isWorkshopFolder } from '../../change/beside.ts';
import { nameOf } from '../../text/paths.ts';
import { listShipped, listStages } from './stages.ts';

/** Words after the name `Dockerfile`, by which its makers say for whom it is: `Dockerfile.dev`, `dev.Dockerfile`; or that it ends when it is done. */
const WORKSHOP =
  /^(?:dev|devel|develop|development|devcontainer|local|localdev|debug|debugger|test|tests|testing|unittest|e2e|integration|ci|gitpod|codespaces?|bench|benchmarks?|lint|playground)$/i;
/** The same, where it takes no connections. */
const ENDING = /^(?:cli|migrations?|migrator|(?:db-?)?migrate)$/i;
/** Folders whose makers say it: of editors that work in a container, of a command line. */
const IN_WORKSHOP = /(?:^|\/)\.(?:devcontainer|gitpod|codesandbox|vscode)\//;
const IN_CLI = /(?:^|\/)cli\/[^/]*$/;
/** Images in which people work or tests run; none of them is a base for a service. */
const TOOL_IMAGE =
  /^(?:docker\.io\/)?(?:apiaryio\/dredd|cypress\/(?:included|base|browsers|factory)|postman\/newman|(?:grafana|loadimpact)\/k6|locustio\/locust|selenium\/\w[\w-]*|gitpod\/workspace-\w[\w-]*|cimg\/\w[\w-]*|circleci\/\w[\w-]*)(?:[:@]|$)|^mcr\.microsoft\.com\/(?:playwright|devcontainers|vscode\/devcontainers)(?:[:/@]|$)/;
/** A start command that reloads what is edited, waits for a debugger, or runs tests. Quotes and commas are blanks here. */
const WORKSHOP_START = new RegExp(
  [
    String.raw`^(?:exec |npx |bunx |(?:poetry|uv|pdm|pipenv) run |dumb-init |tini -- )*(?:\S*/)?(?:`,
    [
      '(?:npm|pnpm|yarn|bun)(?: run)?(?: -\\S+)* (?:dev|develop|watch|test|e2e|lint|storybook|(?:start|serve)[:-](?:dev|debug|local|watch)|(?:dev|test|watch)[:-]\\S+)',
      'nodemon|ts-node-dev|tsnd|node-dev|reflex|dlv|delve|gdbserver|watchexec|watchmedo',
      'air(?: -c \\S+)?$',
      '(?:tsx|bun|deno run|node|vite build|tsc)(?: \\S+){0,4} --watch\\b',
      'tsx watch',
      'node(?: \\S+){0,4} --inspect(?:-brk)?\\b',
      '(?:next|nuxt|nuxi|remix|astro|vinxi|turbo|turbo run|vite|react-router) dev\\b',
      'nest start(?: \\S+){0,4} --(?:watch|debug)\\b',
      '(?:uvicorn|gunicorn|fastapi|hypercorn|flask)(?: \\S+){0,9} (?:--reload|--debug)\\b',
      'fastapi dev\\b',
      'python3?(?: -\\w)* (?:\\S*/)?manage\\.py runserver\\b',
      'python3?(?: -\\w)* (?:-m )?(?:debugpy|pytest|tox|unittest|nose2?)\\b',
      'cargo (?:watch|test|nextest)\\b',
      'go (?:test|run)\\b',
      'pytest|tox|nox|jest|vitest|mocha|ava|cypress|playwright|newman|k6|dredd|locust|karma',
    ].join('|'),
    ')(?![\\w-])',
  ].join(''),
);
/** Debuggers that the image brings along. */
const DEBUGGER = /\bgo-delve\/delve\/cmd\/dlv\b|\bpip3? install\b[^&|;]{0,200}\bdebugpy\b/;

/**
 * Whether an image serves, or developers and tests use it. A folder's name says it only at the root of a project; the file's own
 * suffix, the image that it ends on, what it starts and a debugger in it do.
 */
export function decidePurpose(path: string, instructions: readonly Instruction[]): 'service' | 'workshop' {
  const words = [lastWord(path), ...nameOf(path).split('.')];
  if (isWorkshopFolder(path) || IN_WORKSHOP.test(path) || words.some((word) => WORKSHOP.test(word))) return 'workshop';
  const listens = instructions.some((one) => one.getKeyword() === 'EXPOSE');
  if (!listens && (IN_CLI.test(path) || words.some((word) => ENDING.test(word)))) return 'workshop';
  const last = listStages(instructions).at(-1);
  if (!last) return 'service';
  if (last.image !== null && TOOL_IMAGE.test(last.image)) return 'workshop';
  if (instructions.some((one) => one.getKeyword() === 'RUN' && DEBUGGER.test(one.getArgumentsContent() ?? '')))
    return 'workshop';
  const lineage = listShipped(instructions);
  const read = (keyword: string): string =>
    lineage.findLast((one) => one.getKeyword() === keyword)?.getArgumentsContent() ?? '';
  const [entry, command] = [read('ENTRYPOINT'), read('CMD')].map(plain);
  return [entry, command, `${entry} ${command}`].some((start) => WORKSHOP_START.test(start ?? ''))
    ? 'workshop'
    : 'service';
}

/** The last word of a file's own name beside `Dockerfile`: `Dockerfile.integration-service` is a service. */
function lastWord(path: string): string {
  const words = nameOf(path).split(/[._-]/);
  return words.findLast((word) => !/^(?:dockerfile|containerfile)$/i.test(word)) ?? '';
}

/** `["pnpm", "dev"]` and `pnpm dev` alike; a shell's `sh -c` is left out. */
function plain(start: string): string {
  return start
    .slice(0, 2000)
    .replace(/[[\]"',]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:\S*\/)?(?:ba|z|da|a)?sh -\w*c /, '');
}
