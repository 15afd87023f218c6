/** Folders with the sources of a service. Below one, a folder's name is a word of the business and says nothing of its purpose. */
const NOT_SOURCES = '(?!(?:src|app|lib|internal|server|api|pkg|cmd|services?|functions|routes|pages|plugins)\\/)';
/** Folders at the root of a project or package, not among the sources of a service. */
const AT_ROOT = `^(?:${NOT_SOURCES}[\\w.@-]+\\/){0,2}`;

const SAMPLES = new RegExp(
  `${AT_ROOT}[._]?(?:(?:[\\w-]+[-_])?(?:examples|samples)|examples?|samples?|demos?|playgrounds?|demo[-_][\\w-]+)\\/`,
  'i',
);
/** What developers and readers start, at the root of a project alone: deeper, `docs` and `dev` are words of a business. */
const WORKSHOP = /^(?:docs?|dev|hack|playground)\//i;
/** What somebody starts by hand, or what the service is started with. Nobody has to name a workflow: GitHub starts it. */
const TOOLS = new RegExp(
  `(?:${AT_ROOT}|^(?:server|backend|api)\\/|^cmd\\/[\\w.]+[-_])(?:tools?|dev-?tools?|scripts?|hack|contrib|extras?|misc|bench(?:marks?)?|\\.?ci|\\.github(?!\\/workflows\\/[^/]+$))\\/|^bin\\/`,
  'i',
);
/** A program of Go that writes files of the project, stands for a service in tests, or measures one, by its name. */
const GENERATORS =
  /^cmd\/(?:\w+[-_])?(?:gen(?:erate|erator)?|codegen|docgen|translations?|i18n)(?:[-_]\w+)?\/|^cmd\/(?:tests?|mock|fake|stub)[-_][\w-]+\/|^cmd\/[\w-]+[-_](?:demo|tests?)(?:[-_][\w-]+)?\/|^cmd\/\w*bench(?:mark)?\//i;
/** Any of these names, wherever it stands. */
const ANYWHERE =
  /(?:^|\/)\.?(?:examples?|samples?|docs?|demos?|templates?|fixtures?|mocks?|seeds?|tests?|contrib|local|local[-_](?:dev\w*|env\w*|set-?up))\//i;
/** Less likely to be what serves many: what its own people start, or look at it with. */
const ASIDE =
  /(?:^|\/)(?:client|client-only|browser|cli|scripts?|tools?|extras?|hack|testenv|(?:tests?|mock|fake|stub)[-_][\w-]+|management\/commands|metrics|debug|pprof|health(?:z|-?checks?)?)\/|(?:^|\/)(?:cli|manage|commands)\.py$|(?:^|\/)(?:metrics|debug|pprof|health(?:z|_?check)?)\.go$/i;
const EXAMPLE = /^(?:[^\n]*\/)?\.?examples?\/[^/]+\//;

/**
 * What a path says of lying beside the service. A name alone proves nothing: whoever asks has a fact as well (the file is a
 * program of its own, its values address nobody, nothing of the service names it).
 */
export const isSampleFolder = (path: string): boolean => SAMPLES.test(path);

/** The same, or among what only developers of the project start. */
export const isWorkshopFolder = (path: string): boolean => SAMPLES.test(path) || WORKSHOP.test(path);

/** Among tools, which the service may use. */
export const isToolFolder = (path: string): boolean => TOOLS.test(path) || GENERATORS.test(path);

/** In a folder with such a name, be it among the sources. */
export const mayBeSample = (path: string): boolean => ANYWHERE.test(path);

/** Rather not the place that stands for others. */
export const isAside = (path: string): boolean => ASIDE.test(path) || isWorkshopFolder(path);

/** The folder of the one example that a file is part of; null: of none. */
export const exampleOf = (path: string): string | null => EXAMPLE.exec(path)?.[0] ?? null;
