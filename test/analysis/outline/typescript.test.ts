import { describe, expect, it } from 'vitest';
import { outlineText } from '../../../src/analysis/outline/outline-text.ts';

const outline = (text: string, path = 'src/a.ts') => outlineText(path, text);
const list = (text: string, path?: string): string[] =>
  outline(text, path).declarations.map(
    ({ kind, container, name, startLine, headEndLine, endLine }) =>
      `${kind} ${container === null ? '' : `${container}.`}${name} ${startLine}-${headEndLine}-${endLine}`,
  );

describe('the outline of TypeScript', () => {
  it('knows functions, classes, methods and types, with decorators and the comment above', () => {
    const text = `/** Orders. */
@Injectable()
export class Orders {
  private log = 1;
  // Asked for by id.
  @Get('/:id')
  async find(
    @Param() id: string,
  ): Promise<Order> {
    return this.db.get(id);
  }
  list = async () => [];
}
export const pay = async (order: Order) => {
  const inner = () => 1;
  const local = 2;
};
export interface Order { id: string }
type Id = string;
enum State { Open }
export const LIMIT = 5;
`;
    expect(list(text)).toEqual([
      'class Orders 1-3-13',
      'method Orders.find 5-9-11',
      'method Orders.list 12-12-12',
      'function pay 14-14-17',
      'function pay.inner 15-15-15',
      'type Order 18-18-18',
      'type Id 19-19-19',
      'type State 20-20-20',
      'value LIMIT 21-21-21',
    ]);
  });

  it('knows routes, procedures of a router and functions behind wrappers', () => {
    const text = `router.get('/orders', auth, async (req, res) => {
  res.json([]);
});
export const orders = createRouter({
  byId: procedure.input(schema).query(async ({ ctx }) => {
    return 1;
  }),
  all() { return 2; },
});
const show = catchErrors(async (req) => {
  return req;
});
exports.pay = function (order) {};
`;
    expect(list(text)).toEqual([
      'route router.GET /orders 1-1-3',
      'value orders 4-4-9',
      'method orders.byId 5-5-7',
      'method orders.all 8-8-8',
      'function show 10-10-12',
      'function pay 13-13-13',
    ]);
  });

  it.each([
    ['Drizzle', "export const orders = pgTable('orders', { id: uuid('id') });", 'orders'],
    ['TypeORM', "@Entity('users')\nclass User {}", 'users'],
    ['TypeORM without a name', '@Entity()\nclass User {}', 'User'],
    ['Sequelize', "const Order = sequelize.define('orders', {});", 'orders'],
    ['Mongoose', "export const Order = mongoose.model('Order', schema);", 'Order'],
  ])('knows the table of %s', (_, text, name) => {
    expect(outline(text).declarations.filter(({ kind }) => kind === 'table')).toMatchObject([{ name }]);
  });

  it('tells calls, types and values that the file knows, and from what they are taken', () => {
    const { uses, imports } = outline(`import db, { pay as charge, type Order } from './pay.js';
import * as ns from 'ns';
const q = require('q');
export * from './other';
function run(order: Order) {
  charge(order);
  ns.tool(LIMIT);
  this.orders.reserve(new Cart());
}
const LIMIT = 1;
`);
    expect(imports.map(({ from, names }) => [from, names.map(({ name, as }) => `${name}>${as}`)])).toEqual([
      ['./pay.js', ['pay>charge', 'Order>Order', 'default>db']],
      ['ns', ['*>ns']],
      ['q', ['*>q']],
      ['./other', ['*>*']],
    ]);
    expect(uses.map(({ line, as, on, name }) => `${line} ${as} ${on ?? '-'} ${name}`)).toEqual([
      '3 call - require',
      '5 type - Order',
      '6 call - charge',
      '7 value - LIMIT',
      '7 value - ns',
      '7 call ns tool',
      '8 call - Cart',
      '8 call this.orders reserve',
    ]);
  });
});
