/** The languages of rules and flows. JavaScript counts as TypeScript: one table serves both. Apart from the grammars, which are large. */
export const RULE_LANGUAGES = ['typescript', 'python', 'go'] as const;
