import { expect, it } from 'vitest';
import { findAnsweredHashes } from '../../src/facts/slips/find-answered-hashes.ts';
import { findOpenGetters } from '../../src/facts/slips/find-open-getters.ts';
import { findSharedCacheKeys } from '../../src/facts/slips/find-shared-cache-keys.ts';
import { findUnaskedRows } from '../../src/facts/slips/find-unasked-rows.ts';
import { findUncheckedAmounts } from '../../src/facts/slips/find-unchecked-amounts.ts';
import { findUnlockedFields } from '../../src/facts/slips/find-unlocked-fields.ts';
import type { FoundSlip } from '../../src/facts/slips/slip.ts';
import { readHome } from '../../src/flows/program/read-home.ts';
import type { Home } from '../../src/flows/values/value.ts';

type Find = (homes: readonly Home[], program: readonly Home[]) => FoundSlip[];
const alone =
  (find: (home: Home) => FoundSlip[]): Find =>
  (homes) =>
    homes.flatMap(find);

const hash: [Find, string, string] = [
  findAnsweredHashes,
  'a.py',
  `from fastapi import APIRouter
router = APIRouter()
class User(Base):
    HERE
    id: int
    hashed_password: str
@router.get("/me")
async def me(user: User = Depends(current)):
    THERE
    return user
`,
];
const getter: [Find, string, string] = [
  findOpenGetters,
  'views.py',
  `class Order(models.Model):
    owner = models.ForeignKey(User)
class OrderList(ModelViewSet):
    def get_queryset(self):
        return Order.objects.filter(owner=self.request.user)
class OrderArchive(ModelViewSet):
    HERE
    def get_queryset(self):
        THERE
        return Order.objects.all()
`,
];
const amount: [Find, string, string] = [
  alone(findUncheckedAmounts),
  'a.ts',
  `app.post('/transfer', async (req, res) => {
  HERE
  const { amount } = req.body;
  THERE
  account.balance -= amount;
  await account.save();
});
`,
];
const cache: [Find, string, string] = [
  alone(findSharedCacheKeys),
  'a.ts',
  `export async function summary(req, month) {
  HERE
  const cached = await redis.get(\`summary:\${month}\`);
  THERE
  if (cached) return JSON.parse(cached);
  const rows = await db.orders.find({ tenant: req.user.tenantId, month });
  await redis.set(\`summary:\${month}\`, JSON.stringify(rows));
  return rows;
}
`,
];
const lock: [Find, string, string] = [
  findUnlockedFields,
  'a.go',
  `package a
import "sync"
type Store struct { mu sync.Mutex; rows map[string]int }
func (s *Store) Put(k string) { s.mu.Lock(); defer s.mu.Unlock(); s.rows[k] = 1 }
func (s *Store) Drop(k string) { s.mu.Lock(); defer s.mu.Unlock(); delete(s.rows, k) }
HERE
func (s *Store) Count(k string) int {
  THERE
  return s.rows[k]
}
`,
];

it.each([
  [...hash, '', ''],
  [...hash, '', '# del user.name'],
  [...hash, '# model_serializer', ''],
  [...getter, '', ''],
  [...getter, '# public', ''],
  [...getter, '', '# if'],
  [...getter, '"""Not for AllowAny."""', ''],
  [...amount, '', ''],
  [...amount, "log.info('a valid schema');", ''],
  [...amount, '', 'const text = "is positive";'],
  [...cache, '', ''],
  [...cache, '', '// cached.userId is asked'],
  [...lock, '', ''],
  [...lock, '', '// atomic.Load'],
] as const)('%o in %s: what only says so silences nothing', async (find, path, text, here, there) => {
  const home = await readHome(path, text.replace('HERE', here).replace('THERE', there));
  expect(home && find([home], [home])).toHaveLength(1);
});

it('a comment that the lock is held makes it a guess, and silences nothing', async () => {
  const [find, path, text] = lock;
  const home = await readHome(path, text.replace('HERE', '// The lock is held by the caller.').replace('THERE', ''));
  expect((home && find([home], [home]))?.map(({ suspected }) => suspected)).toEqual([true]);
});

it.each([
  ["if (note.userId !== req.user.id) throw new Error('forbidden');", 1],
  ["// if (note.userId !== req.user.id) throw new Error('forbidden');", 0],
])('a sibling asks who owns a row by its code alone: %s', async (told, count) => {
  const text = `export async function rename(req) {
  const note = await notes.findById(req.params.id);
  ${told}
  await note.update(req.body);
}
export async function drop(req) {
  const note = await notes.findById(req.params.id);
  await note.remove();
}
`;
  const home = await readHome('a.ts', text);
  expect(home && findUnaskedRows([home], [home])).toHaveLength(count);
});
