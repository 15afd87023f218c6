import { nameOf } from '../text/paths.ts';

const DEPENDENCIES = /^(?:package\.json|go\.mod|pyproject\.toml|requirements[\w.-]*\.txt|Pipfile)$/;
const PROJECT =
  /^(?:setup\.py|setup\.cfg|pom\.xml|build\.gradle(?:\.kts)?|Cargo\.toml|Gemfile|composer\.json|mix\.exs)$/;

/** Whether a file lists what a project in TypeScript, Python or Go depends on. */
export function listsDependencies(path: string): boolean {
  return DEPENDENCIES.test(nameOf(path));
}

/** Whether the folder of this file is a project of its own, in whatever language. */
export function beginsProject(path: string): boolean {
  return listsDependencies(path) || PROJECT.test(nameOf(path));
}
