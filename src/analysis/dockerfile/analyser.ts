import { DockerfileParser, type From, type Instruction } from 'dockerfile-ast';
import type { Analyser } from '../analyser.ts';
import { describeRule } from '../describe.ts';
import { inlineCode } from '../evidence.ts';
import type { Rule } from '../rules/rule.ts';

interface Place {
  instruction: Instruction;
  values: Record<string, string>;
}

type Check = (instructions: readonly Instruction[]) => Place[];

const SECRET_NAME = /(PASSWORD|PASSWD|SECRET|API_?KEY|ACCESS_KEY|PRIVATE_KEY|TOKEN)$/i;

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
  'secret-in-image': (instructions) =>
    instructions
      .filter((one) => one.getKeyword() === 'ENV' || one.getKeyword() === 'ARG')
      .flatMap((instruction) => {
        const match = /^([A-Za-z_][\w]*)[=\s]+["']?([^"'\s]+)/.exec(instruction.getArgumentsContent() ?? '');
        const [, name = '', value = ''] = match ?? [];
        const real =
          SECRET_NAME.test(name) &&
          value.length >= 6 &&
          !/^(\$|changeme|placeholder|dummy|none|null|unused)/i.test(value) &&
          !name.endsWith('_FILE');
        return real ? [{ instruction, values: { NAME: name } }] : [];
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
    analyse: (file) => {
      const instructions = DockerfileParser.parse(file.text).getInstructions();
      return own.flatMap(({ rule, check }) =>
        check(instructions).map(({ instruction, values }) => {
          const { start, end } = instruction.getRange();
          const place = { startLine: start.line + 1, endLine: end.line + 1, symbol: instruction.getKeyword() };
          return describeRule(rule, file, place, 'dockerfile', values);
        }),
      );
    },
  };
}

function isFrom(instruction: Instruction): instruction is From {
  return instruction.getKeyword() === 'FROM';
}

function lastStage(instructions: readonly Instruction[]): readonly Instruction[] {
  const from = instructions.findLastIndex(isFrom);
  return from === -1 ? [] : instructions.slice(from);
}
