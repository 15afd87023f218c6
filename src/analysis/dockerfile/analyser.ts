import { isToolFolder } from '../../change/beside.ts';
import type { Analyser } from '../analyser.ts';
import { describeRule } from '../describe.ts';
import type { Rule } from '../rules/rule.ts';
import type { Check } from './check.ts';
import { decidePurpose } from './decide-purpose.ts';
import { findImageSecrets } from './find-image-secrets.ts';
import { findLateInstalls } from './find-late-installs.ts';
import { findKeptIndexes, findStaleIndexes } from './find-package-indexes.ts';
import { findRemoteFiles } from './find-remote-files.ts';
import { findRemoteScripts } from './find-remote-scripts.ts';
import { findRoot } from './find-root.ts';
import { findSecretArguments, findSecretFiles } from './find-secret-layers.ts';
import { findShellStarts } from './find-shell-starts.ts';
import { findUnpinned } from './find-unpinned.ts';
import { findUnverified } from './find-unverified.ts';

/** What a rule file can name under `detect: dockerfile:`. */
const CHECKS: Record<string, Check> = {
  'runs-as-root': findRoot,
  'unpinned-image': findUnpinned,
  unverified: findUnverified,
  'secret-in-image': findImageSecrets,
  'remote-script': findRemoteScripts,
  'remote-file': findRemoteFiles,
  'shell-start': findShellStarts,
  'late-install': findLateInstalls,
  'stale-index': findStaleIndexes,
  'kept-index': findKeptIndexes,
  'secret-file': findSecretFiles,
  'secret-argument': findSecretArguments,
};

/** A credential is one in whatever image; the rest is about images that serve. */
const ALWAYS = new Set<Check>([findImageSecrets]);

export function createDockerfileAnalyser(rules: readonly Rule[]): Analyser {
  const own = rules.flatMap((rule) => {
    const check = 'dockerfile' in rule.detect ? CHECKS[rule.detect.dockerfile] : undefined;
    return check ? [{ rule, check }] : [];
  });
  return {
    name: 'dockerfile',
    handles: (file) => file.kind === 'dockerfile' && own.length > 0,
    analyse: async (file, secrets = []) => {
      // Most changes have no Dockerfile, and each process would load its thirty modules.
      const { DockerfileParser } = await import('dockerfile-ast');
      const instructions = DockerfileParser.parse(file.text).getInstructions();
      const serves = decidePurpose(file.path, instructions) === 'service';
      return own.flatMap(({ rule, check }) =>
        (serves || ALWAYS.has(check) ? check(instructions, secrets) : []).map(
          ({ instruction, values, suspected = false }) => {
            const { start, end } = instruction.getRange();
            const place = { startLine: start.line + 1, endLine: end.line + 1, symbol: instruction.getKeyword() };
            const finding = describeRule(
              suspected ? { ...rule, confidence: 'low' } : rule,
              file,
              place,
              'dockerfile',
              values,
            );
            return isToolFolder(file.path) && !ALWAYS.has(check) ? { ...finding, beside: true as const } : finding;
          },
        ),
      );
    },
  };
}
