import { calledName } from '../../../languages/called-name.ts';
import type { Expression, FunctionForm, Module, Span, Statement } from '../../../languages/form.ts';
import { blocksOf, partsOf, partsOfStatement, visitBody, visitOne } from '../../../languages/visit-expressions.ts';
import type { CodeStatement } from './code-statement.ts';
import { decideBranches, isForOther } from './decide-branches.ts';
import type { Source } from './evaluate.ts';

/** What takes something away, by the names that the tools give it. */
const TAKES =
  /^(?:drop_(?:table|column)|rename_table|RemoveField|DeleteModel|Rename(?:Field|Model)|drop(?:Tables?|Columns?)\w*|remove(?:Columns?|Fields?)|rename(?:Table|Column))$/;
const TAKES_IN_SQL = /\b(?:drop\s+(?:table|column|schema)|alter\s+table)\b/i;
/** The way back, which is not judged. */
const BACK = /down|revers|back|undo|rollback|revert/i;
/** What the tools hand to a migration, or what it imports of them: whoever is given it may do anything. */
const HANDLES = /^(?:op|queryInterface|queryRunner|pgm|knex|schema_editor)$/;

/**
 * What a migration seems to take away and no reader has read: by a name that is looked up when it runs, in a list that is made so, in
 * a helper that is not here. It is told, never "reviewed".
 */
export function findUnread(source: Source, read: readonly CodeStatement[]): CodeStatement[] {
  const spans = read.map(({ span }) => span);
  const isRead = ([at]: Span): boolean => spans.some(([start, end]) => at >= start && at < end);
  const unread = new Map<number, Span>();
  const note = (span: Span): void => {
    if (!isRead(span)) unread.set(span[0], span);
  };
  const all = reachedForms(source);
  for (const { body } of all) visitRun(source, body, (one) => noteCall(source.module, one, note));
  for (const { fields } of source.module.classes)
    for (const { value } of fields) if (value) visitOne(value, (one) => noteCall(source.module, one, note));
  return [...unread.values()].map((span) => ({ sql: null, span, wrap: null }));
}

function noteCall(module: Module, one: Expression, note: (span: Span) => void): void {
  if (one.kind === 'map') for (const { value } of one.entries) if (namesTaking(value)) note(value.span);
  if (one.kind === 'list') for (const item of one.items) if (namesTaking(item)) note(item.span);
  if (one.kind !== 'call') return;
  if (namesTaking(one.of)) note(one.span);
  const isOwn = module.functions.some(({ name }) => name !== '' && name === calledName(one.of));
  for (const { name, value } of one.arguments) {
    if (name !== null && BACK.test(name)) continue;
    if (saysTaking(value) || namesTaking(value)) note(one.span);
    if (
      !isOwn &&
      value.kind === 'name' &&
      HANDLES.test(value.name) &&
      !/^(?:getattr|hasattr|isinstance)$/.test(calledName(one.of))
    )
      note(one.span);
  }
}

function namesTaking(one: Expression): boolean {
  return one.kind === 'field' && TAKES.test(one.name);
}

function saysTaking(one: Expression): boolean {
  if (one.kind === 'text') return TAKES.test(one.value) || TAKES_IN_SQL.test(one.value);
  return (one.kind === 'concat' || one.kind === 'format') && partsOf(one).some(saysTaking);
}

/** The file's own code, the way forward, and the functions that they name. */
function reachedForms({ module }: Source): FunctionForm[] {
  const isBack = (form: FunctionForm): boolean => BACK.test(form.name);
  const reached = new Set(module.functions.filter((form) => form.id === 0 || /^(?:up|upgrade)$/.test(form.name)));
  for (const form of reached) {
    const names = new Set<string>();
    const inner = (one: Expression): void => {
      if (one.kind === 'name' || one.kind === 'field') names.add(one.name);
      if (one.kind === 'function') {
        const made = module.functions[one.id];
        if (made && !isBack(made)) reached.add(made);
      }
      // The second function of `RunPython` is the way back.
      if (one.kind === 'call' && calledName(one.of) === 'RunPython')
        names.delete(calledName(one.arguments[1]?.value ?? one));
    };
    visitBody(form.body, inner);
    for (const other of module.functions) if (names.has(other.name) && !isBack(other)) reached.add(other);
  }
  return [...reached];
}

/** What is run, but for what is meant for another database. */
function visitRun(source: Source, body: readonly Statement[], look: (one: Expression) => void): void {
  const textAt = ({ span }: Expression): string => source.text.slice(...span);
  for (const one of body) {
    for (const part of partsOfStatement(one)) visitOne(part, look);
    if (one.kind === 'if') {
      const { yes, no } = decideBranches(textAt(one.test));
      if (yes) visitRun(source, one.yes, look);
      if (no) visitRun(source, one.no, look);
    } else if (one.kind === 'switch') {
      for (const { tests, body: own } of one.cases)
        if (!isForOther(tests.map(textAt).join(' '))) visitRun(source, own, look);
      visitRun(source, one.otherwise ?? [], look);
    } else visitRun(source, blocksOf(one), look);
  }
}
