import type { Area } from '../agents/guidance.ts';
import { matchesGlob } from '../text/match-globs.ts';

/** The most areas: a reader pays less attention to more of them. */
const MOST = 5;

/** The areas that these files are about: those that most of them speak of come first. */
export function chooseAreas(areas: readonly Area[], files: readonly { path: string; text: string }[]): Area[] {
  const texts = files.map(({ path, text }) => ({ path, text, lower: text.toLowerCase() }));
  const counted = areas.map((area) => ({
    area,
    files: texts.filter(
      ({ path, text, lower }) =>
        area.when.paths.some((glob) => matchesGlob(path, glob)) ||
        area.when.words.some((word) => holdsWord(text, lower, word)),
    ).length,
  }));
  return counted
    .filter((one) => one.files > 0)
    .sort((a, b) => b.files - a.files)
    .slice(0, MOST)
    .map(({ area }) => area);
}

/** At the beginning of a word, or of one in camelCase: `forgot(` is no `got(`. */
function holdsWord(text: string, lower: string, word: string): boolean {
  const wanted = word.toLowerCase();
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + 1))
    if (!/[a-z0-9]/i.test(text.charAt(at - 1)) || /[A-Z]/.test(text.charAt(at))) return true;
  return false;
}
