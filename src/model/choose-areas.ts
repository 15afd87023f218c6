import type { Area } from '../agents/guidance.ts';
import { matchesGlob } from '../text/match-globs.ts';

/** More would be read less. */
const MOST = 5;

/** The areas that these files are about: those that most of them speak of come first. */
export function chooseAreas(areas: readonly Area[], files: readonly { path: string; text: string }[]): Area[] {
  const texts = files.map(({ path, text }) => ({ path, text: text.toLowerCase() }));
  const counted = areas.map((area) => ({
    area,
    files: texts.filter(
      ({ path, text }) =>
        area.when.paths.some((glob) => matchesGlob(path, glob)) ||
        area.when.words.some((word) => text.includes(word.toLowerCase())),
    ).length,
  }));
  return counted
    .filter((one) => one.files > 0)
    .sort((a, b) => b.files - a.files)
    .slice(0, MOST)
    .map(({ area }) => area);
}
