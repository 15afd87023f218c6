import { expect, it } from 'vitest';
import { listOpeners } from '../../src/context/list-openers.ts';
import { findIn, showPieces } from '../support/context-of-trees.ts';

const open = (text: string, line: number): number[] => [...listOpeners(text.split('\n'), [line], 1)];

it.each([
  ['an option', 'const a = await check({\n  user,\n  role: "owner",\n});', 3, [1]],
  ['an option of an option', 'db.find({\n  where: {\n    owner,\n  },\n});', 3, [1]],
  [
    'behind another option that is closed',
    'db.find({\n  where: { id },\n  include: [\n    a,\n  ],\n  take,\n});',
    6,
    [1],
  ],
  ['a struct of Go', 'c.Send(ctx, &sqs.Input{\n\tBody: body,\n})', 2, [1]],
  ['an argument of Python', 'charge(\n    order,\n    key=key,\n)', 3, [1]],
  ['no call: a block', 'if (a) {\n  b();\n}', 2, []],
  ['no call: the body of a function', 'function a(b) {\n  return b;\n}', 2, []],
  ['a callback’s body, which is told whose it is', 'list.map((one) => {\n  return one;\n});', 2, [1]],
  ['no call: an object', 'const a = {\n  b,\n};', 2, []],
  ['nothing around', 'a();\nb();', 2, []],
] as const)('finds the line on which the call around an argument begins: %s', (_, text, line, expected) => {
  expect(open(text, line)).toEqual(expected);
});

const ACCESS = `export async function resolveWorkspace({ user, minPermission }: Params) {
  const found = await read(user);
  if (!allows(found, minPermission)) throw new Error('no');
  return found;
}
`;
/** What half of the file calls is known of old, but not when it is told something new. */
const handler = (name: string, permission: string): string => `export async function ${name}(user: User, id: string) {
  const workspace = await resolveWorkspace({
    user,
    ${permission}
  });
  return await ${name}Row(workspace, id);
}
`;
const routes = (permission: string): string =>
  `import { resolveWorkspace } from './access.ts';\n${['list', 'read', 'create', 'update', 'copy', 'move'].map((name) => handler(name, "minPermission: 'write',")).join('')}${handler('remove', permission)}`;

it.each([
  ['another argument', "minPermission: 'manage',"],
  ['an argument less', ''],
])('shows the definition of what is told %s', async (_, permission) => {
  const tree = { 'src/access.ts': ACCESS };
  const base = { ...tree, 'src/routes.ts': routes("minPermission: 'write',") };
  const head = { ...tree, 'src/routes.ts': routes(permission) };
  expect(showPieces(await findIn(base, head))).toContain('definition: src/access.ts 1-5');
});
