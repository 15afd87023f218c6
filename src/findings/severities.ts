/** The most severe first. Apart from `Severity`, so that whoever only names them loads no library. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
