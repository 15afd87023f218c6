import { describe, expect, it } from 'vitest';
import { isAccepted } from '../../src/findings/is-accepted.ts';
import { finding } from '../support/finding.ts';

describe('a line of which the maintainers say that they know', () => {
  it.each([
    ['job = pickle.load(file)  # noqa: S301', 'low', true],
    ['job = pickle.load(file)  # noqa: E501, S301', 'high', true],
    ['subprocess.run(text, shell=True)  # nosec B602', 'high', true],
    ['h := md5.New() // #nosec G401', 'medium', true],
    ['h := md5.New() //nolint:gosec // a checksum', 'medium', true],
    ['job = pickle.load(file)  # noqa: E501', 'low', false],
    ['job = pickle.load(file)  # noqa', 'low', false],
    ['job = pickle.load(file)  # no second look', 'low', false],
    ['cursor.execute(text)  # nosec', 'critical', false],
  ] as const)('%s: %s: %s', (evidence, severity, expected) => {
    expect(isAccepted(finding({ evidence, severity }))).toBe(expected);
  });
});
