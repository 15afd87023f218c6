import { describe, expect, it } from 'vitest';
import { printSource, type Row } from './print-source.ts';

const ROWS: readonly Row[] = [
  {
    does: 'texts and plain values',
    source:
      'type A = string; type B = number; type C = boolean | Date; type D = bigint; type E = `a${string}`; type F = symbol;',
    prints: [
      'type A = text',
      'type B = plain',
      'type C = plain',
      'type D = plain',
      'type E = text',
      'type F = plain',
      'f0 function ()',
    ],
  },
  {
    does: 'literal types',
    source: "type A = 'a' | 'b'; type B = 1 | 2; type C = 'a' | string; type D = 'a' | null | undefined;",
    prints: ['type A = "a"|"b"', 'type B = plain', 'type C = text', 'type D = "a"', 'f0 function ()'],
  },
  {
    does: 'what is not known is left out',
    source:
      'type A = any; type B = unknown; type C = T extends U ? X : Y; type D = string | unknown; type E = keyof F; type G = H["i"];',
    prints: ['f0 function ()'],
  },
  {
    does: 'lists',
    source:
      'type A = string[]; type B = Array<User>; type C = readonly number[]; type D = [string, string]; type E = ReadonlyArray<any>; type F = (string | number)[];',
    prints: [
      'type A = [text]',
      'type B = [User]',
      'type C = [plain]',
      'type D = [text]',
      'type E = []',
      'type F = [text | plain]',
      'f0 function ()',
    ],
  },
  {
    does: 'maps',
    source: 'type A = Record<string, User>; type B = { [key: string]: string }; type C = Map<string, User>;',
    prints: ['type A = {* User}', 'type B = {* text}', 'type C = Map<text, User>', 'f0 function ()'],
  },
  {
    does: 'records, with methods',
    source: "type A = { a: string; b?: number; readonly c: X | null; d(): string; 'e-f': Y; g: any }; type B = {};",
    prints: ['type A = {a: text, b: plain, c: X, d: => text, e-f: Y}', 'type B = {}', 'f0 function ()'],
  },
  {
    does: 'named types, with what they are of',
    source:
      'type A = express.Request<P, string>; type B = typeof schema; type C = z.infer<typeof schema>; type D = Omit<User, "a">;',
    prints: [
      'type A = express.Request<P, text>',
      'type B = typeof schema',
      'type C = z.infer<typeof schema>',
      'type D = Omit<User, "a">',
      'f0 function ()',
    ],
  },
  {
    does: 'wrappers are what they hold',
    source:
      'type A = Promise<User>; type B = Readonly<Partial<User>>; type C = NonNullable<string>; let d: Promise<void>; let e: Promise;',
    prints: ['type A = User', 'type B = User', 'type C = text', 'f0 function ()', '  let d = null', '  let e = null'],
  },
  {
    does: 'unions and intersections',
    source: 'type A = User | Admin; type B = User & { a: string }; type C = User | undefined;',
    prints: ['type A = User | Admin', 'type B = User | {a: text}', 'type C = User', 'f0 function ()'],
  },
  {
    does: 'functions',
    source: 'type A = (a: string) => Promise<string>; type B = new () => X; type C = { (a: string): number };',
    prints: ['type A = => text', 'type B = => ?', 'type C = => plain', 'f0 function ()'],
  },
  {
    does: 'an interface',
    source:
      "export interface A extends B, c.D<string> { a: string; find(id: string): Promise<User>; 'b-c'?(): void; readonly d: Date; new (): A; }",
    prints: [
      'export A = A',
      'type A extends B, c.D<text> = {a: text, find: => User, b-c: => ?, d: plain} with find, b-c',
      'f0 function ()',
    ],
  },
  {
    does: 'what a function gives back',
    source:
      'function a(): string {} function b(): Promise<Row[]> {} function c(x): x is string {} function d(x): asserts x {} function e(): void {}',
    prints: [
      'f0 function ()',
      '  let a = f1',
      '  let b = f2',
      '  let c = f3',
      '  let d = f4',
      '  let e = f5',
      'f1 function a(): text',
      'f2 function b(): [Row]',
      'f3 function c(x): plain',
      'f4 function d(x)',
      'f5 function e()',
    ],
  },
  {
    does: 'ambient modules give their types',
    source:
      "declare module 'x' { interface A { a: string } export function f(): void; } declare global { type B = string; namespace N { interface C { d: string } } }",
    prints: ['type A = {a: text}', 'type B = text', 'type C = {d: text}', 'f0 function ()'],
  },
  {
    does: 'names of types that objects have from birth',
    source: 'let a: constructor; let b: toString; type __proto__ = string; type C = { __proto__: string };',
    prints: [
      'type __proto__ = text',
      'type C = {__proto__: text}',
      'f0 function ()',
      '  let a: constructor = null',
      '  let b: toString = null',
    ],
  },
];

describe('types of TypeScript', () => {
  it.each(ROWS)('$does', async ({ source, ends = 'ts', prints }) => {
    expect(await printSource(source, ends)).toEqual(prints);
  });
});
