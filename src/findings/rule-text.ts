/** What a rule says about itself, for people who ask. */
export interface RuleText {
  id: string;
  title: string;
  principle: string;
  cwe: readonly string[];
  fix: string;
  why: string;
  falseAlarm: string;
  references: readonly string[];
}
