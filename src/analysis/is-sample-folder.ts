/** At the root of a project or of a package of it, not among the sources of a service. */
const FOLDER =
  /^(?:(?!(?:src|app|lib|internal|server|api|pkg|cmd|services?)\/)[\w.@-]+\/){0,2}_?(?:examples?|samples?|demos?|demo[-_][\w-]+)\//i;
/** What developers and readers start, at the root of a project alone: deeper, `docs` and `dev` are words of a business. */
const WORKSHOP = /^(?:docs?|dev|hack|playground)\//i;

/** Whether a path lies among examples of a project. */
export function isSampleFolder(path: string): boolean {
  return FOLDER.test(path);
}

/** The same, or among what only developers of the project start. */
export function isWorkshopFolder(path: string): boolean {
  return FOLDER.test(path) || WORKSHOP.test(path);
}
