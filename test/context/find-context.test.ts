import { describe, expect, it } from 'vitest';
import { KINDS } from '../../src/context/kinds.ts';
import { findIn as find, showPieces as show, type Texts } from '../support/context-of-trees.ts';

const FILLER = Array.from({ length: 150 }, (_, index) => `step${index}();\n`).join('');

const GUARDS = `export function requireOwner(user: User, order: Order): void {
  if (order.owner !== user.id) throw new Error('no');
}
export function unrelated() {}
`;
const ROUTES = `import { requireOwner } from '../guards.js';
import { load } from '../orders.js';
export async function cancel(user: User, id: string) {
  const order = await load(id);
  requireOwner(user, order);
  order.cancel();
}
`;
const SHOP: Texts = {
  'src/guards.ts': GUARDS,
  'src/orders.ts': 'export async function load(id: string) {\n  return db.one(id);\n}\n',
  'src/routes/orders.ts': ROUTES,
  'src/jobs/expire.ts':
    "import { cancel } from '../routes/orders.js';\nexport async function expire(ids: string[]) {\n  for (const id of ids) await cancel(system, id);\n}\n",
};

describe('context that is found', () => {
  it('shows the guard that was removed, first of all', async () => {
    const head = { ...SHOP, 'src/routes/orders.ts': ROUTES.replace('  requireOwner(user, order);\n', '') };
    const context = await find(SHOP, head);
    expect(show(context)[0]).toBe('definition: src/guards.ts 1-3');
    expect(context.pieces[0]?.because).toContain('no line of that file does now');
    expect(show(context)).toContain('caller: src/jobs/expire.ts 2-4');
    expect(JSON.stringify(context)).not.toContain('unrelated');
  });

  it('shows who still calls what was removed, also with its whole file', async () => {
    const { 'src/orders.ts': gone, ...rest } = SHOP;
    expect(gone).toBeDefined();
    const context = await find(SHOP, { ...rest, 'src/guards.ts': `${GUARDS}// touched\n` });
    expect(show(context)).toContain('caller of what was removed: src/routes/orders.ts 3-7');
  });

  it('shows the sibling that does what a changed handler lacks', async () => {
    const router = `${FILLER}router.get('/orders/:id', async (req, res) => {
  await requireOwner(req);
  res.json(await loadOrder(req.params.id));
});
${FILLER}router.delete('/orders/:id', async (req, res) => {
  res.json(await loadOrder(req.params.id));
});
`;
    const head = router.replace(
      "router.delete('/orders/:id', async (req, res) => {\n",
      "router.delete('/orders/:id', async (req, res) => {\n  await removeOrder(req.params.id);\n",
    );
    const context = await find({ 'src/r.ts': router }, { 'src/r.ts': head });
    expect(show(context)).toEqual(['sibling: src/r.ts 151-154']);
    expect(context.pieces[0]?.because).toContain('it uses `requireOwner`, which `DELETE /orders/:id` does not');
  });

  it('shows a sibling of the same controller as soon as they share a thing', async () => {
    const base = {
      'src/pets.controller.ts': `class PetsController {\n  list() {\n    return this.pets.findPets(\n      1,\n    );\n  }\n${FILLER.replace(/^.*$/gm, '')}  one() {\n    return this.pets.findPets(2);\n  }\n}\n`,
    };
    const path = 'src/pets.controller.ts';
    const context = await find(base, { ...base, [path]: base[path].replace('(2)', '(3)') });
    expect(show(context)).toEqual(['sibling: src/pets.controller.ts 2-6']);
  });

  it('shows how a table is made to whom queries it, and who queries it to whom alters it', async () => {
    const base = {
      'db/migrations/001.sql': 'create table invoices (\n  id bigint,\n  paid boolean\n);\n',
      'src/read.ts':
        "export async function open(db: Db) {\n  return db.query('select id from invoices where not paid');\n}\n",
    };
    const query = { ...base, 'src/read.ts': base['src/read.ts'].replace('not paid', 'paid = false') };
    expect(show(await find(base, query))).toContain('table: db/migrations/001.sql 1-4');
    const migration = { ...base, 'db/migrations/002.sql': 'alter table invoices drop column paid;\n' };
    expect(show(await find(base, migration))).toContain('same table: src/read.ts 1-3');
  });

  it('finds by the names of a workspace what its packages hand on, and does not take a library for it', async () => {
    const base = {
      'package.json': '{ "name": "shop" }',
      'packages/shared/package.json': '{\n  "name": "@shop/shared"\n}',
      'packages/shared/src/index.ts': "export * from './money.js';\n",
      'packages/shared/src/money.ts': 'export function round(cents: number) {\n  return cents;\n}\n',
      'packages/z/src/span.ts': 'export interface Span {\n  a: 1;\n}\n',
      'apps/pay/src/pay.ts':
        "import { round } from '@shop/shared';\nimport type { Span } from '@tele/api';\nexport function pay() {}\n",
    };
    const head = {
      ...base,
      'apps/pay/src/pay.ts': base['apps/pay/src/pay.ts'].replace(
        'pay() {}',
        'pay(span: Span) {\n  return round(1);\n}',
      ),
    };
    expect(show(await find(base, head))).toEqual(['definition: packages/shared/src/money.ts 1-3']);
  });

  it('names what had no room, and stays within its budget', async () => {
    const head = {
      ...SHOP,
      'src/routes/orders.ts': ROUTES.replace('order.cancel();', 'cancelNow(order);\n  order.cancel();'),
    };
    const context = await find(SHOP, head, 300);
    expect(context.pieces.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(300);
    expect(context.left.join('\n')).toContain('no room');
  });

  it('says "no longer used" only of what nothing in the file uses; a dropped guard is named as such', async () => {
    const ship = 'export async function ship(user: User, id: string) {\n  requireOwner(user, await load(id));\n}\n';
    const base = { ...SHOP, 'src/routes/orders.ts': ROUTES + ship };
    const dropped = { ...base, 'src/routes/orders.ts': ROUTES.replace('  requireOwner(user, order);\n', '') + ship };
    expect((await find(base, dropped)).pieces[0]).toMatchObject({
      path: 'src/guards.ts',
      because: '`cancel` of src/routes/orders.ts no longer uses `requireOwner`, as other code there still does',
    });
    const moved = ROUTES.replace('requireOwner(user, order);', 'check(user, order);');
    const helper = 'function check(user: User, order: Order) {\n  requireOwner(user, order);\n}\n';
    expect(JSON.stringify(await find(base, { ...base, 'src/routes/orders.ts': moved + ship + helper }))).not.toContain(
      'no longer use',
    );
  });

  it("asks for nothing that is shown as removed, a library's, a parameter or a field", async () => {
    const others = Object.fromEntries(
      [1, 2, 3].map((at) => [`src/m${at}.ts`, `export const eventId = ${at};\nexport function twin() {}\n`]),
    );
    const base = {
      ...others,
      'src/a.ts': 'export function pay(trx: Trx) {\n  return findWallet(trx);\n}\nfunction findWallet() {}\n',
    };
    const head = {
      ...base,
      'src/a.ts': 'export function pay(trx: Trx) {\n  twin(eventId);\n  return trx(library());\n}\n',
    };
    expect((await find(base, head)).left).toEqual(['`twin` is used in line 2 of src/a.ts; 3 places define it.']);
  });

  it('leaves out how a logger or a plain error is made, keeps a limit, and shows no method twice', async () => {
    const base = {
      'src/tools.ts': 'export const logger = pino();\nexport const MOST_ROWS = 100;\n',
      'src/errors.ts':
        'export const gone = (what: string) => new HttpError(404, what);\nexport const busy = () => new HttpError(409);\n',
      'src/client.ts':
        'export class Client {\n  base = 1;\n  token = 2;\n  a() {\n    return this.base;\n  }\n  refund(id: string) {\n    return post(id);\n  }\n}\n',
      'src/a.ts':
        "import { logger, MOST_ROWS } from './tools.js';\nimport { gone, busy } from './errors.js';\nimport { Client } from './client.js';\nexport function run() {\n}\n",
    };
    const body = '  logger.info(MOST_ROWS);\n  client.refund(x);\n  if (x) throw gone(x);\n  throw busy();\n}\n';
    const context = await find(base, {
      ...base,
      'src/a.ts': base['src/a.ts'].replace('run() {\n}\n', `run(client: Client) {\n${body}`),
    });
    expect(show(context).sort()).toEqual([
      'definition: src/client.ts 1-6',
      'definition: src/client.ts 7-9',
      'definition: src/tools.ts 2-2',
    ]);
  });

  it('shows of many callers the two that are most alike to what changes', async () => {
    const callers = [1, 2, 3, 4].map(
      (at) => `export function h${at}() {\n  ${at > 2 ? 'readDevice();\n  ' : ''}fail(${at});\n}\n`,
    );
    const base = {
      'src/respond.ts': 'export function fail(code: number) {\n  switch (code) {\n  }\n}\n',
      'src/handlers.ts': `import { fail } from './respond.js';\n${callers.join('')}`,
      'src/transfer.ts': "import { fail } from './respond.js';\n",
    };
    const head = {
      ...base,
      'src/respond.ts': base['src/respond.ts'].replace('  }\n', '    case 9:\n      status(code);\n  }\n'),
      'src/transfer.ts': `${base['src/transfer.ts']}export function transfer() {\n  readDevice();\n  fail(9);\n}\n`,
    };
    const context = await find(base, head);
    expect(show(context)).toEqual(['caller: src/handlers.ts 8-11', 'caller: src/handlers.ts 12-15']);
    expect(context.left).toEqual(['Callers of `fail` (src/respond.ts): 2 more were found.']);
  });

  it('shows how the tables of called queries are made, and their SQL beside its wrapper', async () => {
    const base = {
      'go.mod': 'module shop\n',
      'db/migrations/001.sql':
        'create table devices (\n  id uuid primary key\n);\n\ncreate unique index devices_key on devices (id);\n',
      'internal/store/devices.sql.go':
        'package store\n\nconst lockDevice = `select id from devices where id = $1 for update`\n\ntype LockDeviceParams struct {\n\tID string\n}\n\nfunc (q *Queries) LockDevice(ctx context.Context, arg LockDeviceParams) error {\n\treturn q.db.QueryRow(ctx, lockDevice, arg.ID)\n}\n',
      'internal/fleet/move.go':
        'package fleet\n\nimport "shop/internal/store"\n\nfunc Move(ctx context.Context, q *store.Queries) error {\n\treturn nil\n}\n',
    };
    const head = {
      ...base,
      'internal/fleet/move.go': base['internal/fleet/move.go'].replace('return nil', 'return q.LockDevice(ctx, x)'),
    };
    const shown = show(await find(base, head));
    expect(shown).toContain('definition: internal/store/devices.sql.go 3-11');
    expect(shown).toContain('table: db/migrations/001.sql 1-5');
  });

  it('shows the migration of a model, also where code makes the table', async () => {
    const base = {
      'shop/models.py':
        'class Order(Base):\n    __tablename__ = "orders"\n    id = mapped_column()\n    paid = mapped_column()\n',
      'alembic/versions/1.py':
        'def upgrade():\n    op.create_table(\n        "orders",\n        sa.Column("id"),\n        sa.UniqueConstraint("id"),\n    )\n    op.create_table("lines", sa.ForeignKey("orders.id"))\n',
      'shop/pay.py': 'from shop.models import Order\n\n\ndef pay(session):\n    pass\n',
    };
    const head = { ...base, 'shop/pay.py': base['shop/pay.py'].replace('pass', 'session.add(Order())') };
    const shown = show(await find(base, head));
    expect(shown.filter((one) => one.includes('alembic'))).toEqual(['table: alembic/versions/1.py 2-6']);
    const kysely = {
      'src/migrations/1.ts': "await db.schema.createTable('fees')\n  .addColumn('id')\n  .execute();\n",
      'src/fees.ts': "export function read(db: Db) {\n  return db.selectFrom('fees').where('a');\n}\n",
    };
    const read = { ...kysely, 'src/fees.ts': kysely['src/fees.ts'].replace("'a'", "'b'") };
    expect(show(await find(kysely, read))).toEqual(['table: src/migrations/1.ts 1-3']);
  });

  it('shows what mounts a changed router, through others, with its middleware', async () => {
    const base = {
      'src/app.ts':
        "import { shop } from './shop/routes.js';\nimport { auth } from './auth.js';\nexport function createApp() {\n  const app = express();\n  app.use('/v1', auth);\n  app.use('/v1/shop', shop);\n  return app;\n}\n",
      'src/shop/routes.ts':
        "import { returns } from './returns/routes.js';\nexport const shop = Router();\nshop.param('id', loadOwn);\nshop.use('/:id/returns', returns);\n",
      'src/shop/returns/routes.ts': `export const returns = Router();\nreturns.use(limit);\n${FILLER}returns.get('/', async (req, res) => {\n  res.json(1);\n});\n`,
    };
    const path = 'src/shop/returns/routes.ts';
    const context = await find(base, { ...base, [path]: base[path].replace('json(1)', 'json(2)') });
    expect(show(context).sort()).toEqual([
      'mount: src/app.ts 3-8',
      'mount: src/shop/returns/routes.ts 2-2',
      'mount: src/shop/routes.ts 2-5',
    ]);
    expect(context.pieces.map(({ because }) => because).join()).toContain('src/shop/routes.ts is mounted in line 6');
  });

  it('shows what mounts a router also where the change takes a function or a route away', async () => {
    const base = {
      'src/app.ts':
        "import { shop } from './shop/routes.js';\nexport function createApp() {\n  const app = express();\n  app.use('/v1/shop', shop);\n  return app;\n}\n",
      'src/shop/routes.ts': `export const shop = Router();\nshop.get('/', list);\nfunction list() {\n  return 1;\n}\nfunction check() {\n  return 2;\n}\n`,
    };
    const path = 'src/shop/routes.ts';
    const head = base[path].replace(/function check[^]*$/, '').replace('return 1', 'return 3');
    expect(show(await find(base, { ...base, [path]: head }))).toContain('mount: src/app.ts 2-6');
    const less = base[path].replace("shop.get('/', list);\n", '');
    expect(show(await find(base, { ...base, [path]: less }))).toContain('mount: src/app.ts 2-6');
  });

  it('shows urlpatterns and the rules for all views, and pipes and guards of an application', async () => {
    const django = {
      'desk/settings.py': 'DEBUG = False\nREST_FRAMEWORK = {\n    "DEFAULT_PERMISSION_CLASSES": ["a"],\n}\n',
      'desk/urls.py':
        'from tickets.views import TicketView\n\nurlpatterns = [\n    path("t", TicketView.as_view()),\n]\n',
      'tickets/views.py': 'class TicketView(APIView):\n    def get(self, request):\n        return 1\n',
    };
    const view = { ...django, 'tickets/views.py': django['tickets/views.py'].replace('1', '2') };
    expect(show(await find(django, view))).toEqual(['mount: desk/urls.py 2-6', 'mount: desk/settings.py 2-4']);
    const nest = {
      'src/main.ts':
        "import { AppModule } from './app.module.js';\nasync function bootstrap() {\n  const app = await NestFactory.create(AppModule);\n  app.useGlobalGuards(new StaffGuard());\n}\n",
      'src/app.module.ts':
        "import { PetsModule } from './pets/pets.module.js';\n@Module({ imports: [PetsModule] })\nexport class AppModule {}\n",
      'src/pets/pets.module.ts':
        "import { PetsController } from './pets.controller.js';\n@Module({ controllers: [PetsController] })\nexport class PetsModule {}\n",
      'src/pets/pets.controller.ts':
        "@Controller('pets')\nexport class PetsController {\n  @Get()\n  list() {\n    return 1;\n  }\n}\n",
    };
    const path = 'src/pets/pets.controller.ts';
    const context = await find(nest, { ...nest, [path]: nest[path].replace('1', '2') });
    expect(show(context)).toContain('mount: src/main.ts 2-5');
  });

  it('shows of what a package hands on the mount of what changed, in its own file of routes, and nobody else’s', async () => {
    const route = (name: string): string =>
      `from desk.views import ${name}\n\nurlpatterns = [\n    path("x", ${name}.as_view()),\n]\n`;
    const view = (name: string): string => `class ${name}(APIView):\n    def get(self, request):\n        return 1\n`;
    const base: Texts = {
      'desk/views/__init__.py': 'from .api import TokenView\nfrom .estimate.base import EstimateView\n',
      'desk/views/api.py': view('TokenView'),
      'desk/views/estimate/base.py': view('EstimateView'),
      'desk/urls/api.py': route('TokenView'),
      'desk/urls/estimate.py': route('EstimateView'),
    };
    const path = 'desk/views/estimate/base.py';
    const context = await find(base, { ...base, [path]: view('EstimateView').replace('1', '2') });
    expect(show(context)).toEqual(['mount: desk/urls/estimate.py 2-6']);
    // Each of two that it hands on.
    const both = {
      ...base,
      [path]: view('EstimateView').replace('1', '2'),
      'desk/views/api.py': view('TokenView').replace('1', '2'),
    };
    expect(show(await find(base, both)).sort()).toEqual([
      'mount: desk/urls/api.py 2-6',
      'mount: desk/urls/estimate.py 2-6',
    ]);
  });

  it('takes what one procedure of a router uses for nobody else’s', async () => {
    const router = `import { authed, router } from '../trpc.js';
${FILLER}export const orders = router({
  cancel: authed
    .use(limit({ max: 5 }))
    .use(ensureOwner)
    .mutation(async ({ input }) => drop(input.id)),
  one: authed.use(ensureOwner).query(({ input }) => read(input.id)),
${FILLER}  list: authed.query(async ({ ctx }) => {
    return all(ctx.user.id);
  }),
});
`;
    const head = router.replace('return all(ctx.user.id);', 'return all();');
    const shown = show(await find({ 'src/routers/orders.ts': router }, { 'src/routers/orders.ts': head }));
    expect(shown.filter((piece) => piece.startsWith('mount'))).toEqual([]);
    // What an application's own chain uses stands for all that follows.
    const app = `${FILLER}const app = new Hono()
  .use(requireUser);
${FILLER}app.get('/orders', (c) => c.json(all()));
`;
    const changed = await find({ 'src/routes/o.ts': app }, { 'src/routes/o.ts': app.replace('all()', 'some()') });
    expect(show(changed)).toContain('mount: src/routes/o.ts 152-152');
  });

  it('takes no model for a handler: what a package of models hands on is not mounted', async () => {
    const base: Texts = {
      'api/db/models/__init__.py': 'from .issue import Issue\nfrom .token import ApiToken\n',
      'api/db/models/issue.py': 'class Issue(Model):\n    def save(self):\n        return 1\n',
      'api/app/views/api.py':
        'from api.db.models import ApiToken\n\n\nclass TokenView(APIView):\n    def get(self, request):\n        return ApiToken.objects.get(pk=1)\n',
    };
    const path = 'api/db/models/issue.py';
    const context = await find(base, { ...base, [path]: base[path]?.replace('1', '2') ?? '' });
    expect(show(context)).toEqual([]);
  });

  it('takes no type of the same name for the caller of a method', async () => {
    const base: Texts = {
      'go.mod': 'module shop\n',
      'lfs/storage.go':
        'package lfs\n\ntype Local struct{}\n\nfunc (s *Local) Upload(id string) error {\n\treturn keep(id, 1)\n}\n',
      'route/serve.go':
        'package route\n\nfunc serve(h *handler) error {\n\ts := h.storage()\n\treturn s.Upload("a")\n}\n',
      'db/upload.go':
        'package db\n\ntype Upload struct{ Name string }\n\nfunc NewUpload(name string) *Upload {\n\treturn &Upload{Name: name}\n}\n',
    };
    const path = 'lfs/storage.go';
    const shown = show(await find(base, { ...base, [path]: base[path]?.replace('1', '2') ?? '' })).join();
    expect(shown).toContain('route/serve.go');
    expect(shown).not.toContain('db/upload.go');
  });

  it('leaves out a kind that is to be measured, and what had no room for it', async () => {
    const { 'src/routes/orders.ts': _, ...rest } = SHOP;
    expect(show(await find(SHOP, rest)).join()).toContain('caller of what was removed');
    expect(show(await find(SHOP, rest, 20_000, ['callers'])).join()).not.toContain('caller of what was removed');
    expect(await find(SHOP, rest, 20_000, [...KINDS])).toEqual({ pieces: [], left: [] });
  });

  it('is the same for the same input', async () => {
    const head = { ...SHOP, 'src/routes/orders.ts': ROUTES.replace('order.cancel', 'order.stop') };
    expect(await find(SHOP, head)).toEqual(await find(SHOP, head));
  });
});

describe('in Go', () => {
  const store = `package store

const listDevices = \`SELECT id FROM devices WHERE org_id = $1 LIMIT $2\`

func (q *Queries) ListDevices(ctx context.Context, arg ListDevicesParams) ([]Device, error) {
	return q.db.Query(ctx, listDevices, arg.OrgID, arg.Limit)
}
`;
  const service = `package fleet

import "example.com/app/internal/store"

type Service struct{ q *store.Queries }

func (s *Service) List(ctx context.Context, orgID string, limit int32) ([]store.Device, error) {
	return s.q.ListDevices(ctx, store.ListDevicesParams{OrgID: orgID, Limit: limit})
}
`;
  const handler = (limit: string): string => `package api

import "example.com/app/internal/fleet"

type Server struct{ Fleet *fleet.Service }

func (s *Server) listDevices(w http.ResponseWriter, r *http.Request) {
	limit := ${limit}
	devices, err := s.Fleet.List(r.Context(), orgOf(r), limit)
	respond(w, devices, err)
}
`;
  const tree = {
    'go.mod': 'module example.com/app\n',
    'internal/store/devices.go': store,
    'internal/fleet/service.go': service,
  };
  const look = async () =>
    await find(
      { ...tree, 'internal/api/devices.go': handler('capped(r)').replace('orgOf(r), limit', 'orgOf(r), 50') },
      { ...tree, 'internal/api/devices.go': handler('asked(r)') },
    );

  it('what only hands on is followed to what is asked there, with its statement', async () => {
    expect(show(await look())).toEqual(
      expect.arrayContaining([
        'definition: internal/fleet/service.go 7-9',
        'definition: internal/store/devices.go 3-7',
      ]),
    );
  });

  it('a name that begins small is another one in another directory', async () => {
    expect(show(await look()).filter((one) => one.startsWith('caller'))).toEqual([]);
  });
});
