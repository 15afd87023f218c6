import { describe, expect, it } from 'vitest';
import { outlineFile } from '../../src/analysis/outline/outline-file.ts';
import { showFile } from '../../src/context/show-file.ts';
import { diffTexts } from '../../src/diff/diff-texts.ts';
import { maskText } from '../../src/secrets/mask-text.ts';
import { findIn, showPieces, type Texts } from '../support/context-of-trees.ts';

const repeat = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join('');

/** The routes of a service in Go: groups in groups, each with what it uses, in one long function. */
const ROUTER = `package router

func apiRoutes(e *gin.RouterGroup) {
	apiBase := e.Group("/api")
	{
		users := apiBase.Group("/users")
		{
			users.Use(session.MustAdmin())
${repeat(70, (at) => `			users.GET("/report${at}", api.GetReport${at})\n`)}		}

		repo := apiBase.Group("/repos/:id")
		{
			repo.Use(session.SetRepo())
			repo.Use(session.MustPull)
${repeat(40, (at) => `			repo.GET("/view${at}", api.GetView${at})\n`)}
			repo.GET("/logs/:step", api.GetLogs)
			repo.DELETE("/logs/:step", session.MustPush, api.DeleteLogs)
		}
${repeat(60, (at) => `		apiBase.GET("/stat${at}", api.GetStat${at})\n`)}	}
}
`;

async function showChanged(path: string, before: string, after: string): Promise<string> {
  const outlined = await outlineFile({ path, text: after }, () => undefined);
  const outline = 'outline' in outlined ? outlined.outline : null;
  const file = { path, kind: 'go', text: maskText(after), hunks: diffTexts(before, after) } as const;
  return showFile(file, 'N', { outline }) ?? '';
}

describe('context in repositories as they are', () => {
  const LESS = ROUTER.replace('session.MustPush, api.DeleteLogs', 'api.DeleteLogs');

  it('shows of a long router the groups around a changed route, with what they use, and not the other groups', async () => {
    const shown = await showChanged('server/router.go', ROUTER, LESS);
    for (const text of [
      'apiBase := e.Group',
      'repo := apiBase.Group',
      'repo.Use(session.SetRepo())',
      'repo.Use(session.MustPull)',
      '-  127 | \t\t\trepo.DELETE("/logs/:step", session.MustPush',
    ])
      expect(shown).toContain(text);
    expect(shown).not.toContain('MustAdmin');
    expect(shown.split('\n').length).toBeLessThan(40);
    const context = await findIn({ 'server/router.go': ROUTER }, { 'server/router.go': LESS });
    expect(showPieces(context)).toEqual([]);
  });

  it('shows what a changed method stands in the place of, also in the base of a base, and what holds for all of a class', async () => {
    const base: Texts = {
      'shop/core/mutations.py': `class BaseMutation:
    permissions = ()

    @classmethod
    def mutate(cls, info, data):
        with transaction.atomic():
            return cls.perform(info, data)
${repeat(80, (at) => `\n    def unrelated_${at}(self):\n        return ${at}\n`)}

class ModelMutation(BaseMutation):
    @classmethod
    def save(cls, instance):
        instance.full_clean()
        instance.save()
`,
      'shop/menu/create.py': `from ..core.mutations import ModelMutation


@one(alpha=a)
@two(beta=b)
class MenuCreate(ModelMutation):
    @classmethod
    def save(cls, instance):
        instance.save()

    @classmethod
    def mutate(cls, info, data):
        return cls.perform(info, data)
`,
    };
    const path = 'shop/menu/create.py';
    const head = { ...base, [path]: (base[path] ?? '').replaceAll('instance.save()', 'instance.save(force=True)') };
    const context = await findIn(base, head);
    expect(showPieces(context)).toContain('definition: shop/core/mutations.py 251-254');
    const also = { ...head, [path]: (head[path] ?? '').replace('return cls.perform', 'yield cls.perform') };
    const both = await findIn(base, also);
    expect(showPieces(both)).toContain('definition: shop/core/mutations.py 4-7');
    // Of the long base class only what all of its classes have.
    expect(showPieces(both)).toContain('definition: shop/core/mutations.py 1-3');
    expect(JSON.stringify(both)).not.toContain('unrelated_');
  });

  it('does not take for gone what was moved to another file, or for somebody else’s what the file declared itself', async () => {
    const base: Texts = {
      'src/clients/domains.ts':
        "import { sign } from '../sign.js';\nconst answer = z.object({ ok: z.string() });\nexport async function renew(id: string) {\n  const raw = await sign(id);\n  return answer.parse(raw);\n}\n",
      'src/clients/http.ts': 'export function other() {\n  return 1;\n}\n',
      'src/sign.ts': 'export function sign(id: string) {\n  return post(id);\n}\n',
      'src/mail/draft.ts':
        'const answer = z.object({ subject: z.string() });\nexport function draft(raw: unknown) {\n  return answer.parse(raw);\n}\n',
    };
    const head: Texts = {
      ...base,
      'src/clients/domains.ts':
        "import { send } from './http.js';\nexport async function renew(id: string) {\n  return await send(id);\n}\n",
      'src/clients/http.ts':
        "import { sign } from '../sign.js';\nexport function other() {\n  return 1;\n}\nexport async function send(id: string) {\n  return await sign(id);\n}\n",
    };
    const context = await findIn(base, head);
    expect(showPieces(context).join()).not.toContain('src/mail/draft.ts');
    const sign = context.pieces.find(({ path }) => path === 'src/sign.ts');
    expect(sign?.because).toContain('is used in line 6 of src/clients/http.ts');
  });

  it('names of a long function what stands near the change, and shows what a program wrote last', async () => {
    const base: Texts = {
      'pkg/jobs/register.go': `package jobs

func Register() {
${repeat(120, (at) => `	on(New${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[at % 26]}${at}Event(), handle${at})\n`)}	start()
}
`,
      'pkg/jobs/events.go': `package jobs

${repeat(120, (at) => `func New${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[at % 26]}${at}Event() Event {\n	e := Event{}\n	e.kind = ${at}\n	e.at = now()\n	return e\n}\n\n`)}`,
      'pkg/jobs/symbols.go':
        '// Code generated by extract. DO NOT EDIT.\npackage jobs\n\nfunc init() {\n	Register()\n}\n',
      'pkg/start/a.go': 'package start\n\nimport "example.com/shop/pkg/jobs"\n\nfunc Boot() {\n	jobs.Register()\n}\n',
      'pkg/start/b.go': 'package start\n\nimport "example.com/shop/pkg/jobs"\n\nfunc Test() {\n	jobs.Register()\n}\n',
    };
    const path = 'pkg/jobs/register.go';
    const context = await findIn(base, { ...base, [path]: (base[path] ?? '').replace('	start()', '	startAll()') });
    const shown = showPieces(context);
    expect(shown.filter((one) => one.startsWith('definition: pkg/jobs/events.go')).length).toBeLessThanOrEqual(8);
    expect(shown.filter((one) => one.startsWith('caller'))).not.toContain('caller: pkg/jobs/symbols.go 4-6');
  });

  it('shows the private helper that a short definition only names', async () => {
    const base: Texts = {
      'src/carrier.ts':
        'export async function book(id: string) {\n  return await withRetries(() => post(id));\n}\nasync function withRetries(run: () => Promise<void>) {\n  for (let at = 0; at < 5; at++) {\n    try {\n      return await run();\n    } catch {}\n  }\n}\n',
      'src/orders.ts':
        "import { book } from './carrier.js';\nexport async function ship(id: string) {\n  return id;\n}\n",
    };
    const head = {
      ...base,
      'src/orders.ts': (base['src/orders.ts'] ?? '').replace('return id', 'return await book(id)'),
    };
    expect(showPieces(await findIn(base, head))).toEqual([
      'definition: src/carrier.ts 1-3',
      'definition: src/carrier.ts 4-10',
    ]);
  });

  it('shows to a migration the statement that inserts rows, also where no function holds it, and no DROP of a way back', async () => {
    const base: Texts = {
      'migrations/001_readings.sql':
        '-- +migrate Up\ncreate table readings (\n  id bigint,\n  sensor text\n);\n-- +migrate Down\ndrop table readings;\n',
      'src/statements.ts':
        'export const LIST = `select id from readings`;\nexport const ADD = `\n  insert into readings (id)\n  values ($1)`;\n',
      'src/one.ts': "export function one(db: Db) {\n  return db.query('select id from readings where id = 1');\n}\n",
      'src/two.ts': "export function two(db: Db) {\n  return db.query('select id from readings where id = 2');\n}\n",
      'src/three.ts':
        "export function three(db: Db) {\n  return db.query('select id from readings where id = 3');\n}\n",
    };
    const head = { ...base, 'migrations/002_unit.sql': 'alter table readings add column unit text not null;\n' };
    const shown = showPieces(await findIn(base, head));
    expect(shown[0]).toBe('same table: src/statements.ts 2-4');
    expect(shown).toContain('table: migrations/001_readings.sql 2-5');
    expect(shown.join()).not.toContain('001_readings.sql 7');
  });

  it('shows the pipes of an application to whom changes a body or a service of it', async () => {
    const base: Texts = {
      'apps/api/src/main.ts':
        "import { NestFactory } from '@nestjs/core';\nasync function bootstrap() {\n  const app = await NestFactory.create(AppModule);\n  app.useGlobalPipes(new ValidationPipe());\n}\n",
      'apps/api/src/patients/contact.dto.ts':
        "import { IsString } from 'class-validator';\nexport class ContactDto {\n  @IsString()\n  phone!: string;\n}\n",
    };
    const path = 'apps/api/src/patients/contact.dto.ts';
    const head = { ...base, [path]: (base[path] ?? '').replace('  phone!', '  role!: string;\n  phone!') };
    expect(showPieces(await findIn(base, head))).toContain('mount: apps/api/src/main.ts 4-4');
  });

  it('shows the struct of a table whose name a method says, and of a linter’s settings what stands around the change', async () => {
    const base: Texts = {
      'pkg/migration/2019.go':
        'package migration\n\ntype task2019 struct {\n	ID int64 `xorm:"pk"`\n	Title string\n}\n\nfunc (task2019) TableName() string {\n	return "tasks"\n}\n',
    };
    const head = { ...base, 'pkg/migration/2026.sql': 'alter table tasks add column done boolean;\n' };
    expect(showPieces(await findIn(base, head))).toContain('table: pkg/migration/2019.go 3-6');
    const before = `module.exports = {\n${repeat(200, (at) => `  'rule-${at}': 'off',\n`)}};\n`;
    const shown = await showChanged('.eslintrc.js', before, before.replace("100': 'off'", "100': 'error'"));
    expect(shown).toContain('rule-100');
    expect(shown.split('\n').length).toBeLessThan(40);
  });

  it('shows what a module provides for all handlers whole, and no import of it', async () => {
    const base: Texts = {
      'src/app.module.ts':
        "import { APP_GUARD } from '@nestjs/core';\nimport { PetsModule } from './pets/pets.module.js';\n@Module({\n  imports: [PetsModule],\n  providers: [\n    Clock,\n    Mailer,\n    {\n      provide: APP_GUARD,\n      useClass: StaffGuard,\n    },\n  ],\n})\nexport class AppModule {}\n",
      'src/pets/pets.module.ts':
        "import { PetsController } from './pets.controller.js';\n@Module({ controllers: [PetsController] })\nexport class PetsModule {\n  configure(consumer: MiddlewareConsumer) {}\n}\n",
      'src/pets/pets.controller.ts':
        "import { Get } from '@nestjs/common';\n@Controller('pets')\nexport class PetsController {\n  @Get()\n  list() {\n    return 1;\n  }\n}\n",
    };
    const path = 'src/pets/pets.controller.ts';
    const shown = showPieces(await findIn(base, { ...base, [path]: (base[path] ?? '').replace('1', '2') }));
    expect(shown).toContain('mount: src/app.module.ts 8-11');
    expect(shown).not.toContain('mount: src/app.module.ts 1-1');
    expect(shown).not.toContain('mount: src/pets/pets.module.ts 4-4');
  });

  it('asks who queries a table that a migration alters, not one that it only refers to, and takes no word of SQL for one', async () => {
    const base: Texts = {
      'db/queries.go':
        'package db\n\nconst getSite = `SELECT id FROM sites WHERE id = $1`\n\nconst addReading = `INSERT INTO readings (id) VALUES ($1)\nON CONFLICT (id) DO NOTHING`\n\nconst getDevice = `SELECT id FROM devices WHERE id = $1`\n',
    };
    const head = {
      ...base,
      'db/migrations/4.sql':
        'CREATE TABLE slots (\n  site_id uuid REFERENCES sites (id)\n);\nALTER TABLE devices ADD COLUMN slot int;\nINSERT INTO slots SELECT id FROM sites ON CONFLICT (site_id) DO NOTHING;\n',
    };
    expect(showPieces(await findIn(base, head))).toEqual(['same table: db/queries.go 8-8']);
  });

  it('shows of a caller that is a line of a router the group around it', async () => {
    const base: Texts = {
      'internal/web/readings.go':
        'package web\n\nfunc postReadings(store *Store) http.HandlerFunc {\n	return nil\n}\n',
      'internal/web/mux.go':
        'package web\n\nfunc Mux(store *Store) http.Handler {\n	r := chi.NewRouter()\n	r.Route("/sites/{id}", func(r chi.Router) {\n		r.Use(ownSite(store))\n		r.Post("/readings", postReadings(store))\n	})\n	return r\n}\n',
    };
    const path = 'internal/web/readings.go';
    const context = await findIn(base, {
      ...base,
      [path]: (base[path] ?? '').replace('return nil', 'return handle(store)'),
    });
    expect(context.pieces.map(({ text }) => text).join()).toContain('r.Use(ownSite(store))');
  });
});
