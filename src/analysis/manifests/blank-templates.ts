/** Stands for what a template writes: no rule asks for it, and no value begins with it. */
export const WRITTEN = '¤';
const ACTION = /\{\{-?[^{}\n]{0,500}(?:\{[^{}\n]{0,200}\}[^{}\n]{0,200})?\}\}/g;
const COMMENT = /\{\{-?\s*\/\*[\s\S]{0,5000}?\*\/\s*-?\}\}/g;
/** Writes text of its own, and does not only choose. */
const WRITES =
  /\{\{-?\s*(?!-?\s*(?:if|else|end|with|range|define|block|\$\w+\s*:?=|\/\*|-?\s*fail\b|break|continue)\b)(?!\s*\$\w+\s*:?=)/;

export interface Blanked {
  /** As long as the template, each line where it was. */
  text: string;
  /** A template writes whole lines at places where keys stand: what is not to be seen may be written there. */
  open: boolean;
}

/**
 * A Helm template read as the YAML that is to be seen in it: lines of actions alone are blank, and what an action writes into a
 * line is a run of signs as long as the action. Source: helm.sh/docs/chart_template_guide.
 */
export function blankTemplates(source: string): Blanked {
  if (!source.includes('{{')) return { text: source, open: false };
  let open = false;
  let before = '';
  const lines = source.replace(COMMENT, (all) => all.replace(/[^\n]/g, ' ')).split('\n');
  const text = lines.map((line) => {
    if (!line.includes('{{')) {
      if (line.trim() !== '') before = line;
      return line;
    }
    const rest = line.replace(ACTION, '').trim();
    if (rest === '') {
      // Below `resources:` it writes the value of that key alone.
      if (WRITES.test(line) && !/:\s*$/.test(before)) open = true;
      if (WRITES.test(line)) before = '';
      return ' '.repeat(line.length);
    }
    const written = line.replace(ACTION, (action) => WRITTEN.repeat(action.length));
    before = written;
    return written;
  });
  return { text: text.join('\n'), open };
}
