/**
 * An agent's definition as its reviewer is told it: the voice, what it knows, what it asks for. Left out is what speaks of
 * building instead of reviewing (`## When Invoked`, the steps of a sub-agent that writes code) and sections of nothing but links.
 */
export function readPersona(body: string): string {
  const sections = splitSections(body);
  return sections
    .filter(({ title, text }) => !/^when invoked$/i.test(title) && !isLinks(text))
    .map(({ text }) => text.trim())
    .filter((text) => text !== '')
    .join('\n\n');
}

function splitSections(body: string): { title: string; text: string }[] {
  const sections = [{ title: '', text: '' }];
  let inCode = false;
  for (const line of body.split('\n')) {
    if (/^\s*(```|~~~)/.test(line)) inCode = !inCode;
    const title = inCode ? undefined : /^##\s+(.+?)\s*#*$/.exec(line)?.[1];
    if (title !== undefined) sections.push({ title, text: '' });
    const last = sections.at(-1);
    if (last) last.text += `${line}\n`;
  }
  return sections;
}

function isLinks(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^(#|\*\*)/.test(line));
  return lines.length > 0 && lines.every((line) => /^\s*[-*]\s+\[[^\]]+\]\([^)]*\)/.test(line));
}
