/** A folder that is copied for each new plugin or service, by its name. */
const COPIED = /^(?:[^\n]*?\/)?[\w.-]*(?:template|scaffold|skeleton|boilerplate|cookiecutter)[\w.-]*\//i;
/** Code, or a manifest, whose gaps a generator fills in: `models.py.template`. A page or a mail is none. */
const HAS_GAPS = /\.(?:py|go|[cm]?[jt]sx?|toml|json)[.-](?:template|tmpl|tpl|j2|jinja2?|hbs|ejs|mustache)$/;

/** Whether a file lies in a folder whose name says so: only then is the list of the tree worth a request. */
export function mayBeFilledIn(path: string): boolean {
  return COPIED.test(path);
}

/** Of these files, those that lie with code that has gaps: nobody runs them there, and who is given one begins with it. */
export async function listFilledIn(
  paths: readonly string[],
  listTree: () => Promise<readonly string[]>,
): Promise<Set<string>> {
  const some = paths.filter(mayBeFilledIn);
  if (some.length === 0) return new Set();
  const folders = new Set((await listTree()).flatMap((path) => (HAS_GAPS.test(path) ? folderOf(path) : [])));
  return new Set(some.filter((path) => folderOf(path).some((folder) => folders.has(folder))));
}

function folderOf(path: string): string[] {
  return COPIED.exec(path)?.slice(0, 1) ?? [];
}
