import { describe, expect, it } from 'vitest';
import { findIn as find, showPieces as show } from '../support/context-of-trees.ts';

const FILLER = Array.from({ length: 160 }, (_, index) => `  step${index}();\n`).join('');

describe('what decides is shown', () => {
  it('the order beside the cursor, in a function that is put together from small ones', async () => {
    const page = `export async function page(input: Input) {
${FILLER}  const after = () => {
    return and(eq(rows.at, input.at), lte(rows.id, input.id));
  };

${FILLER}  const order = () => {
    return [asc(rows.at), desc(rows.id)];
  };
${FILLER}  const other = () => {
    return 1;
  };
${FILLER}  return await db
    .select()
    .where(after())
    .limit(input.limit + 1)
    .orderBy(...order());
}
`;
    const head = page.replace('lte(rows.id', 'gte(rows.id');
    const shown = show(await find({ 'src/page.ts': page }, { 'src/page.ts': head }));
    expect(shown).toContain('definition: src/page.ts 326-328');
    expect(JSON.stringify(shown)).not.toContain('489');
  });

  it('a called function is shown to its end where it fits, and of a long class it is told what is not shown', async () => {
    const lines = (many: number): string =>
      Array.from({ length: many }, (_, index) => `    total += each(${index})\n`).join('');
    const user = `def update_user(row):
    total = 0
${lines(90)}    row.status = 'active'
    return total


class Account:
    limit = 3

    def clean(self, row):
        total = 0
${lines(60)}        return total

    def validate(self, row):
        total = 0
${lines(60)}        return total
`;
    const make = `from app.users import Account, update_user


def make(row):
    row.save()
`;
    const head = make.replace('row.save()', 'Account(row)\n    update_user(row)');
    const { pieces } = await find(
      { 'app/make.py': make, 'app/users.py': user },
      { 'app/make.py': head, 'app/users.py': user },
    );
    const texts = pieces.map(({ text }) => text).join('\n');
    expect(texts).toContain("row.status = 'active'");
    const account = pieces.find(({ text }) => text.startsWith('class Account'));
    expect(account?.because).toContain('without `clean`, `validate`');
    // Where it does not fit, its beginning is.
    const narrow = await find(
      { 'app/make.py': make, 'app/users.py': user },
      { 'app/make.py': head, 'app/users.py': user },
      3700,
    );
    expect(narrow.pieces.find(({ text }) => text.startsWith('def update_user'))?.because).toContain('its first 70 of');
  });

  it('super() of a class that is not made from the changed one calls another, and removed lines are not shown twice', async () => {
    const own = `class MfaAdmin(ModelAdmin):
    name = 'mfa'

    def save_model(self, request, obj, form, change):
        if not obj.is_active:
            obj.deactivate()
            return
        super().save_model(request, obj, form, change)

    def other(self):
        return 1
`;
    const foreign = `class HelpAdmin(ModelAdmin):
    def save_model(self, request, obj, form, change):
        obj.editor = request.user
        super().save_model(request, obj, form, change)
`;
    const made = `from app.mfa import MfaAdmin


class StrictMfaAdmin(MfaAdmin):
    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
`;
    const base = { 'app/mfa.py': own, 'app/help.py': foreign, 'app/strict.py': made };
    const head = own.replace(/ {4}def save_model[^]*?change\)\n\n(?= {4}def other)/, '');
    const shown = show(await find(base, { ...base, 'app/mfa.py': head }));
    expect(shown).toContain('caller of what was removed: app/strict.py 5-6');
    expect(shown.filter((piece) => !piece.includes('strict.py'))).toEqual([]);
  });

  it('of a class that loses a method, what it has', async () => {
    const model = `class Method(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    totp = models.OneToOneField(Authenticator, null=True, on_delete=models.SET_NULL)
    codes = models.OneToOneField(Authenticator, null=True, on_delete=models.SET_NULL)
    is_active = models.BooleanField(default=False)

    def save(self, **kwargs):
${FILLER.replaceAll('  step', '        step').replaceAll(';', '')}
    def deactivate(self):
        self.is_active = False
        self.save()
`;
    const head = model.replace(/\n {4}def deactivate[^]*$/, '\n');
    const shown = show(await find({ 'app/models.py': model }, { 'app/models.py': head }));
    expect(shown).toContain('definition: app/models.py 1-6');
  });

  it('what stands for all handlers of an application, but not to who only takes its logger', async () => {
    const main = `async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.useGlobalPipes(new ValidationPipe());
}
`;
    const service = (name: string): string =>
      `import { ${name} } from '@nestjs/common';\n\nexport function sum(a: number) {\n  return a + 1;\n}\n`;
    const roles = async (name: string): Promise<string[]> => {
      const base = { 'src/main.ts': main, 'src/sum.ts': service(name) };
      const { pieces } = await find(base, { ...base, 'src/sum.ts': service(name).replace('+ 1', '+ 2') });
      return pieces.map(({ role }) => role);
    };
    expect(await roles('Injectable')).toEqual(['mount']);
    expect(await roles('Logger')).toEqual([]);
  });
});
