/** A line that is, or goes on with, a comment of a programming language: `// …`, `# …`, `/* …`, ` * …`, `-- …`. */
const COMMENT = /^\s*(?:\/\/|\/\*|\*+(?:[\s/]|$)|#(?!include\b)|--(?:\s|$))/;

export function isComment(line: string): boolean {
  return COMMENT.test(line);
}
