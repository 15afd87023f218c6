import type { Uses } from '../../findings/finding.ts';
import type { Gone } from './hit.ts';

/** The most names of one question: with more, the search would be no use. */
const MOST = 40;

/** By what names code knows what a migration takes away: as it is called in SQL, and as its model or its field. */
export function listUses({ tables, column }: Gone): Uses {
  const owners = [...new Set(tables.flatMap(nameModels))].slice(0, MOST);
  if (column === null) return { texts: owners, beside: [], tables: owners };
  return { texts: nameFields(column), beside: owners, tables: owners };
}

/** `is_draft`: isDraft, IsDraft. */
function nameFields(column: string): string[] {
  const snake = toSnake(column);
  const pascal = toPascal(snake);
  return [...new Set([column, snake, pascal, lowerFirst(pascal)])];
}

/** `order_items`: OrderItems, OrderItem, order_item, orderItem. */
function nameModels(table: string): string[] {
  const snake = toSnake(table);
  const one = snake.replace(/ies$/, 'y').replace(/(?<=(?:s|x|z|ch|sh))es$|(?<=[^s])s$/, '');
  const names = [snake, one].flatMap((name) => [name, toPascal(name), lowerFirst(toPascal(name))]);
  return [...new Set([table, ...names])];
}

function toSnake(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();
}

function toPascal(snake: string): string {
  return snake.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function lowerFirst(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}
