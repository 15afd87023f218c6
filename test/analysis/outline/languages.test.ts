import { describe, expect, it } from 'vitest';
import { outlineText } from '../../../src/analysis/outline/outline-text.ts';

const list = (path: string, text: string): string[] =>
  outlineText(path, text).declarations.map(
    ({ kind, container, name, startLine, headEndLine, endLine }) =>
      `${kind} ${container === null ? '' : `${container}.`}${name} ${startLine}-${headEndLine}-${endLine}`,
  );

describe('the outline of Python', () => {
  it('knows functions, methods, routes and models, with decorators and the comment above', () => {
    const text = `from .models import Order as O, User
LIMIT = 3

# Asked for by id.
@router.get("/orders")
async def orders(
    limit: int,
) -> list[O]:
    inner = 1
    return await load(limit)


class Invoice(Base):
    __tablename__ = "invoices"
    id = Column(Integer)

    @property
    def paid(self):
        return self.rows.all()
`;
    expect(list('app/a.py', text)).toEqual([
      'value LIMIT 2-2-2',
      'route router.orders 4-8-10',
      'class Invoice 13-13-19',
      'table invoices 13-13-19',
      'method Invoice.paid 17-18-19',
    ]);
    const { imports, uses } = outlineText('app/a.py', text);
    expect(imports).toEqual([
      {
        from: '.models',
        names: [
          { name: 'Order', as: 'O' },
          { name: 'User', as: 'User' },
        ],
        line: 1,
        endLine: 1,
      },
    ]);
    expect(uses).toContainEqual({ name: 'load', line: 10, as: 'call', on: null });
    expect(uses).toContainEqual({ name: 'all', line: 19, as: 'call', on: 'self.rows' });
  });

  it.each([
    [
      'Django with a name',
      'class A(models.Model):\n    x = models.CharField()\n    class Meta:\n        db_table = "as"\n',
      'as',
    ],
    ['Django', 'class Order(models.Model):\n    x = models.CharField()\n', 'Order'],
    ['a table of SQLAlchemy', 'orders = Table("orders", metadata)\n', 'orders'],
  ])('knows the table of %s', (_, text, name) => {
    expect(outlineText('a.py', text).declarations.filter(({ kind }) => kind === 'table')).toMatchObject([{ name }]);
  });
});

describe('the outline of Go', () => {
  it('knows functions, methods by their receiver, types, values, routes and tables of GORM', () => {
    const text = `package shop

import (
	"net/http"
	store "github.com/acme/shop/internal/storage"
)

// Orders of a customer.
type Orders struct {
	ID string \`gorm:"primaryKey"\`
}

func (Orders) TableName() string { return "shop_orders" }

func (h *Handler) List(
	w http.ResponseWriter,
) error {
	return store.Load(h.db)
}

var ErrGone = errors.New("gone")

func Routes(r chi.Router) {
	r.Get("/orders", h.List)
}
`;
    expect(list('shop/a.go', text)).toEqual([
      'class Orders 8-9-11',
      'table Orders 8-9-11',
      'method Orders.TableName 13-13-13',
      'table Orders.shop_orders 13-13-13',
      'method Handler.List 15-17-19',
      'value ErrGone 21-21-21',
      'function Routes 23-23-25',
      'route r.GET /orders 24-24-24',
    ]);
    const { uses } = outlineText('shop/a.go', text);
    expect(uses).toContainEqual({ name: 'Load', line: 18, as: 'call', on: 'store' });
    expect(uses).toContainEqual({ name: 'ResponseWriter', line: 16, as: 'type', on: 'http' });
  });
});

describe('the outline of schemas', () => {
  it('knows the statements of SQL that make and alter a table', () => {
    const text = `-- create table no (id int);
create table if not exists shop.orders (
  id bigint
);
ALTER TABLE ONLY "orders" ADD COLUMN a int;
create unique index concurrently x on orders (id);
`;
    expect(list('db/1.sql', text)).toEqual(['table orders 2-2-4', 'table orders 5-5-5', 'table orders 6-6-6']);
  });

  it('knows the models of Prisma, and the tables they are mapped to', () => {
    const text =
      '/// An order.\nmodel Order {\n  id String\n  user User @relation\n  @@map("orders")\n}\nenum State {\n  OPEN\n}\n';
    expect(list('prisma/schema.prisma', text)).toEqual(['type Order 1-1-6', 'table orders 1-1-6', 'type State 7-7-9']);
  });
});
