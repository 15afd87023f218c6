import type { Care } from './find-removed-care.ts';

/** `--` or `--end-of-options` before an argument that others choose: what comes behind it is no option. */
export const OPTION_ENDS: readonly Care[] = [
  {
    had: /["'`](--|--end-of-options)["'`]/,
    has: /["'`](?:--|--end-of-options)["'`]|\s--(?:end-of-options)?\s/,
    stays: ({ was, now }) => STARTS.test(now) && lostIn(was, now).length > 0,
    suspected: true,
    // Only who thinks of options writes it. A `--` of git may have gone to its right place.
    sure: ({ was, now }) => lostIn(was, now).some((one) => one.isOnlyThat),
  },
];

const STARTS =
  /\b(?:exec\.Command\w*|execFile\w*|execa\w*|spawn\w*|fork|Popen|check_output|check_call|create_subprocess_exec|subprocess\.\w+)\(|(?:\b|_)(?:git|cmd|command|exec|run|args?|argv)\w*(?:\.\w+)*\s*[([=]|\bNewCommand\(|\.AddArguments?\(/i;

interface End {
  /** The argument before it with the comma, or what the list begins with. */
  before: string;
  /** The argument behind it, up to its first comma or bracket. */
  after: string;
  isOnlyThat: boolean;
}

const LONGEST_ARGUMENT = 200;
/** Of one function: each is looked for in the whole of it. */
const MOST_ENDS = 20;

/** The same arguments stand there, without what stood between them. */
function lostIn(was: string, now: string): End[] {
  const [old, other] = [plain(was), plain(now)];
  return endsIn(old).filter(({ before, after }) => other.includes(before + after) && !old.includes(before + after));
}

function endsIn(code: string): End[] {
  const ends = [...code.matchAll(/["'`]--(end-of-options)?["'`],/g)].slice(0, MOST_ENDS);
  return ends.flatMap(({ 0: all, 1: only, index }) => {
    const [before = ''] = /[^,([{]*[,([{]$/.exec(code.slice(Math.max(0, index - LONGEST_ARGUMENT), index)) ?? [];
    const rest = code.slice(index + all.length, index + all.length + LONGEST_ARGUMENT);
    const [after = ''] = /^[^,)\]}]+[,)\]}]/.exec(rest) ?? [];
    return before !== '' && isChosen(after) ? [{ before, after, isOnlyThat: only !== undefined }] : [];
  });
}

/** It begins with a value that the program does not name: a text, a constant or a folder before it is no option. */
function isChosen(argument: string): boolean {
  return (
    /^(?:f["']\{|`\$\{|\.{0,3}[a-z_$])/.test(argument) &&
    !/^(?:f["']\{|`\$\{|\.{0,3})?(?:\w+\.)*(?:join|resolve|abspath|Join|Abs|realpath|parseInt|Itoa|int)\(/.test(
      argument,
    )
  );
}

function plain(text: string): string {
  return text.replace(/\s+/g, '');
}
