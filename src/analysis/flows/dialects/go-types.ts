import type { SgNode } from '@ast-grep/napi';
import type { TypeMeaning } from '../dialect.ts';

export const SAFE_TYPE =
  /^\*?(u?int(8|16|32|64)?|uintptr|float(32|64)|bool|byte|rune|uuid\.UUID|time\.(Time|Duration|Month))$/;
export function readTypeText(type: SgNode | null): string | null {
  return type?.text().replace(/\s+/g, '') ?? null;
}

export function readType(type: string): TypeMeaning {
  const bare = type.replace(/^(?:\.\.\.|\[\d*\]|\*)+/, '');
  if (SAFE_TYPE.test(bare)) return 'safe';
  if (/^(?:string|any|interface\{\}|error|map\[.*\](?:string|any|interface\{\}))$/.test(bare)) return 'text';
  return bare.startsWith('struct{') ? 'object' : null;
}

export function readTypeDeclaration(node: SgNode): TypeMeaning {
  return node.kind() === 'struct_type' ? 'object' : readType(node.text().replace(/\s+/g, ''));
}

export function readField(node: SgNode, field: string): string | null {
  const fields = node.findAll({ rule: { kind: 'field_declaration' } });
  const found = fields.find((one) =>
    one.children().some((child) => child.kind() === 'field_identifier' && child.text() === field),
  );
  // The decoder refuses what is not in the list, or no number.
  if (/\b(?:oneof=|numeric|number|uuid|alphanum)/.test(found?.field('tag')?.text() ?? '')) return 'uuid.UUID';
  return readTypeText(found?.field('type') ?? null);
}
