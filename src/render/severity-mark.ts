import type { Severity } from '../findings/finding.ts';

export const SEVERITY_MARK: Record<Severity, string> = { critical: '🔴', high: '🟠', medium: '🟡', low: '🔵' };
