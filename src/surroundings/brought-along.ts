/** Packages of others that are copied into the tree, as some applications do with their libraries. Source: the names of pypi.org. */
const BROUGHT_ALONG =
  /(?:^|\/)(?:libs?|ext|externals?|dependencies|deps|contrib)\/(?:apscheduler|arrow|backports|bs4|certifi|chardet|charset_normalizer|cheroot|cherrypy|cloudinary|dateutil|dns|facebook|feedparser|future|gntp|html5lib|httpagentparser|httplib2|idna|importlib_metadata|jaraco|jinja2|mako|markupsafe|musicbrainzngs|oauthlib|paho|passlib|pkg_resources|plexapi|portend|pygments|pyparsing|pytz|requests|requests_oauthlib|rich|setuptools|simplejson|six|soupsieve|sqlalchemy|tempora|tornado|tweepy|tzlocal|urllib3|webencodings|websocket|werkzeug|xmltodict|yaml|zipp)(?:\/.*\.py|\.py)$/;
/** What pip leaves beside each package that it puts into a folder. Source: packaging.python.org, "Recording installed projects". */
const RECORDED = /^(.+)\/([\w.]+)-\d[^/]*\.dist-info\//;
/** What an application keeps the packages of others in. */
const KEEPS = /(?:^|\/)(?:libs?|ext|externals?|dependencies|deps|contrib|third[-_]?party|vendor(?:ed)?|site-packages)$/;

/** Whether it lies where packages of others are kept: of a change, only then is the list of the tree worth a request. */
export function mayBeBrought(path: string): boolean {
  return path.endsWith('.py') && path.split('/').some((folder) => KEEPS.test(folder));
}

/** Whether a file is of a package that others wrote: `surely` where the package itself is recorded beside it. */
export type IsBrought = (path: string) => 'surely' | 'likely' | null;

/** By the names of packages, and by what was installed into a folder of the tree, whose paths are only asked for where it matters. */
export async function createIsBrought(
  paths: readonly string[],
  listTree: () => Promise<readonly string[]>,
): Promise<IsBrought> {
  const installed = paths.some((path) => /\/.*\.py$/.test(path)) ? listInstalled(await listTree()) : new Map();
  return (path) => {
    if (!path.endsWith('.py')) return null;
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at);
      const names: ReadonlySet<string> | undefined = installed.get(folder);
      const [first = ''] = path.slice(at + 1).split('/');
      if (names?.has(normalise(first.replace(/\.py$/, '')))) return 'surely';
      if (names && KEEPS.test(folder)) return 'likely';
    }
    return BROUGHT_ALONG.test(path) ? 'likely' : null;
  };
}

/** Of each folder that packages were installed into, their names. */
function listInstalled(paths: readonly string[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const path of paths) {
    const [, folder, name] = RECORDED.exec(path) ?? [];
    if (folder === undefined || name === undefined) continue;
    const names = found.get(folder) ?? new Set<string>();
    found.set(folder, names.add(normalise(name)));
  }
  return found;
}

function normalise(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '_');
}
