import type { SourceFile } from '../../change/source-file.ts';
import { listChangedLines } from '../../diff/patch.ts';
import { inlineCode } from '../../findings/evidence.ts';
import type { Analyser } from '../analyser.ts';
import { describeRule } from '../describe.ts';
import type { Rule } from '../rules/rule.ts';
import type { FoundSecret } from './find-secrets.ts';

/** Says what the search for credentials found; the search itself runs before every analyser, since it masks what they see. */
export function createSecretlintAnalyser(rules: readonly Rule[]): Analyser {
  const rule = rules.find(({ detect }) => 'secretlint' in detect);
  return {
    name: 'secretlint',
    handles: () => rule !== undefined,
    analyse: (file, secrets = []) => {
      if (rule === undefined) return [];
      const added = file.hunks === null ? null : new Set(listChangedLines(file.hunks).added);
      return groupByValue(added, secrets).map((group) => say(rule, file, added, group));
    },
  };
}

/** The lines that a change brings; null: every line counts. */
type Added = ReadonlySet<number> | null;

type Group = [first: FoundSecret, ...others: FoundSecret[]];

/**
 * Whoever registers one client anew registers them all: one is said of a file, and one of what the change adds to it. What stood
 * there before takes no word from it.
 */
function keepOneClient(groups: readonly Group[], added: Added): Group[] {
  const told = new Set<boolean>();
  return groups.filter(([{ client, line }]) => {
    if (!client) return true;
    const isNew = added?.has(line) === true;
    return !told.has(isNew) && told.add(isNew);
  });
}

/** One value is one credential, however often it stands in a file: what the change adds apart from what stood there before. */
function groupByValue(added: Added, secrets: readonly FoundSecret[]): Group[] {
  const reported = secrets.filter((secret) => secret.report);
  const groups = Map.groupBy(reported, ({ mark, kind, end, start, line }) =>
    [mark, kind, end - start, added?.has(line) === true].join(' '),
  );
  return keepOneClient(
    [...groups.values()].filter((group): group is Group => group.length > 0),
    added,
  );
}

/** A setting of the environment, whose default is what was found. */
const SETTING = /^(?:process\.env|import\.meta\.env|Deno\.env|os\.(?:environ|getenv|Getenv)|getenv|environ|env)\b/;

function say(
  rule: Rule,
  file: SourceFile,
  added: Added,
  [{ kind, label, line, head, mark, severity }, ...others]: Group,
) {
  const values = { KIND: kind, SECRET: inlineCode(label) };
  const own = SETTING.test(label) && 'secretlint' in rule.detect ? rule.detect.byDefault : {};
  const lines = [...new Set(others.map((other) => other.line))].filter((other) => other !== line);
  const finding = describeRule(
    { ...rule, ...own },
    file,
    {
      startLine: head !== undefined && added?.has(head) !== false ? head : line,
      endLine: line,
      snippet: `${label} ${mark}`,
    },
    'secretlint',
    values,
  );
  const explanation = finding.explanation + alsoOn(lines);
  // A key in a file of its own opens what its readers open with it.
  const named = kind === 'private key' && file.kind === 'credentials' ? file.path.split('/').at(-1) : undefined;
  return { ...finding, severity, explanation, ...(named !== undefined && { named }) };
}

/** The first lines, and how many more there are. */
function alsoOn(lines: readonly number[], most = 10): string {
  if (lines.length === 0) return '';
  const shown = lines.slice(0, most).join(', ');
  const more = lines.length > most ? ` and ${lines.length - most} more` : '';
  return ` The same value stands on line${lines.length === 1 ? '' : 's'} ${shown}${more}.`;
}
