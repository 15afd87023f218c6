/** What `--format` takes. */
export const FORMATS = ['text', 'json', 'sarif', 'markdown', 'rdjson', 'gitlab'] as const;
