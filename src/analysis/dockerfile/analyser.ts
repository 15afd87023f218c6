import { Arg, DockerfileParser, Env, type From, type Instruction, type Property } from 'dockerfile-ast';
import type { Analyser } from '../analyser.ts';
import { describeRule } from '../describe.ts';
import { inlineCode } from '../evidence.ts';
import type { Rule } from '../rules/rule.ts';
import type { FoundSecret } from '../secretlint/find-secrets.ts';

interface Place {
  instruction: Instruction;
  values: Record<string, string>;
}

type Check = (instructions: readonly Instruction[], secrets: readonly FoundSecret[]) => Place[];

const SECRET_NAME =
  /(PASSWORD|PASSWD|PASSPHRASE|_PASS|_PWD|SECRET|TOKEN|CREDENTIALS?|(API|ACCESS|PRIVATE|SECRET|SIGNING|ENCRYPTION|MASTER|AUTH|JWT|APP)_?KEY)(_BASE)?$/i;

/** What a rule file can name under `detect: dockerfile:`. */
const CHECKS: Record<string, Check> = {
  'runs-as-root': (instructions) => {
    const stage = lastStage(instructions);
    const start = stage.find((one) => ['CMD', 'ENTRYPOINT'].includes(one.getKeyword()));
    const user = stage.filter((one) => one.getKeyword() === 'USER').at(-1);
    const base = stage[0]?.getArgumentsContent() ?? '';
    if (!start || /nonroot|distroless.*:nonroot|scratch/.test(base)) return [];
    if (!user) return [{ instruction: start, values: {} }];
    return /^(root|0)(:|$)/.test(user.getArgumentsContent() ?? '') ? [{ instruction: user, values: {} }] : [];
  },
  'unpinned-image': (instructions) => {
    const stages = new Set(instructions.filter(isFrom).map((from) => from.getBuildStage()?.toLowerCase()));
    return instructions.filter(isFrom).flatMap((instruction) => {
      const image = instruction.getImage() ?? '';
      const free =
        image === '' ||
        image === 'scratch' ||
        image.includes('$') ||
        image.includes('@') ||
        stages.has(image.toLowerCase());
      const tag = instruction.getImageTag();
      return free || (tag !== null && tag !== 'latest') ? [] : [{ instruction, values: { IMAGE: image } }];
    });
  },
  'secret-in-image': (instructions, secrets) =>
    instructions.flatMap((instruction) => {
      const names = listPairs(instruction)
        .filter((pair) => isCredential(pair, secrets))
        .map((pair) => inlineCode(pair.getName()));
      return names.length === 0 ? [] : [{ instruction, values: { NAME: names.join('`, `') } }];
    }),
  'remote-script': (instructions) =>
    instructions
      .filter((one) => one.getKeyword() === 'RUN')
      .flatMap((instruction) => {
        const match = /\b(?:curl|wget)\b[^|;&]*(https?:\/\/[^\s|"']+)[^|;&]*\|\s*(?:sudo\s+)?(?:ba|z)?sh\b/.exec(
          instruction.getArgumentsContent() ?? '',
        );
        return match ? [{ instruction, values: { URL: inlineCode(match[1] ?? '') } }] : [];
      }),
};

export function createDockerfileAnalyser(rules: readonly Rule[]): Analyser {
  const own = rules.flatMap((rule) => {
    const check = 'dockerfile' in rule.detect ? CHECKS[rule.detect.dockerfile] : undefined;
    return check ? [{ rule, check }] : [];
  });
  return {
    name: 'dockerfile',
    handles: (file) => file.kind === 'dockerfile' && own.length > 0,
    analyse: (file, secrets = []) => {
      const instructions = DockerfileParser.parse(file.text).getInstructions();
      return own.flatMap(({ rule, check }) =>
        check(instructions, secrets).map(({ instruction, values }) => {
          const { start, end } = instruction.getRange();
          const place = { startLine: start.line + 1, endLine: end.line + 1, symbol: instruction.getKeyword() };
          return describeRule(rule, file, place, 'dockerfile', values);
        }),
      );
    },
  };
}

/** Every `NAME=value` of an ENV or ARG, on one line or on many. */
function listPairs(instruction: Instruction): Property[] {
  if (instruction instanceof Env) return instruction.getProperties();
  const property = instruction instanceof Arg ? instruction.getProperty() : null;
  return property ? [property] : [];
}

/** The text is masked here: what the value was is known by the search for credentials alone. */
function isCredential(pair: Property, secrets: readonly FoundSecret[]): boolean {
  const name = pair.getName();
  const value = pair.getValue() ?? '';
  const line = (pair.getValueRange()?.start.line ?? -1) + 1;
  const found = secrets.find((one) => one.line === line && one.label === name);
  return (
    SECRET_NAME.test(name) &&
    value.length >= 6 &&
    found?.placeholder !== true &&
    !/^(\$|changeme|placeholder|dummy|none|null|unused|\/)/i.test(value)
  );
}

function isFrom(instruction: Instruction): instruction is From {
  return instruction.getKeyword() === 'FROM';
}

function lastStage(instructions: readonly Instruction[]): readonly Instruction[] {
  const from = instructions.findLastIndex(isFrom);
  return from === -1 ? [] : instructions.slice(from);
}
