/** The values of `--format`. */
export const FORMATS = ['text', 'json', 'sarif', 'markdown', 'rdjson', 'gitlab'] as const;
