import { describe, expect, it } from 'vitest';
import { listSchemaFacts } from '../../src/surroundings/uniques/list-uniques.ts';
import { startProcessorClock } from '../support/processor-time.ts';

/** `user(email)`, with the tables that have none as `user`. */
function uniquesOf(path: string, text: string): string[] {
  return listSchemaFacts(path, text).map(({ table, columns, line }) =>
    columns === null ? `${line} ${table}` : `${line} ${table}(${columns.join(', ')})`,
  );
}

describe('what schemas declare unique', () => {
  it.each([
    [
      'Prisma',
      'schema.prisma',
      `model User {
  id    Int    @id @default(autoincrement())
  email String @unique
  likes Like[]
  @@map("users")
}
model Like {
  postId Int
  userId Int
  note   String
  @@unique([postId, userId])
  @@index([note])
}
`,
      ['1 user', '3 user(email)', '7 like', '11 like(postid, userid)'],
    ],
    [
      'SQL',
      'V1__users.sql',
      `CREATE TABLE IF NOT EXISTS public.users (
  id bigserial PRIMARY KEY,
  email text NOT NULL UNIQUE,
  name numeric(10, 2),
  CONSTRAINT users_team UNIQUE (team_id, handle)
);
create unique index concurrently on orders (reference);
create unique index on orders (customer) where open;
create index on orders (day);
alter table only members add constraint members_key unique (team_id, user_id);
`,
      ['1 user', '3 user(email)', '5 user(teamid, handle)', '7 order(reference)', '10 member(teamid, userid)'],
    ],
    [
      'Django',
      'models.py',
      `class Member(models.Model):
    email = models.EmailField(
        max_length=(200),
        unique=True,
    )
    name = models.CharField(max_length=20)
    profile = models.OneToOneField(Profile, on_delete=models.CASCADE)

    class Meta:
        unique_together = (("team", "user"),)
        constraints = [
            models.UniqueConstraint(fields=["team", "seat"], name="seat"),
            models.UniqueConstraint(fields=["name"], condition=Q(open=True), name="open_name"),
        ]

class Note(models.Model):
    text = models.TextField()
`,
      ['1 member', '2 member(email)', '7 member(profile)', '12 member(team, seat)', '10 member(team, user)', '16 note'],
    ],
    [
      'SQLAlchemy and Alembic',
      'models.py',
      `class User(Base):
    __tablename__ = "accounts"
    email: Mapped[str] = mapped_column(String(200), unique=True)
    name = Column(String(20), index=True)
    __table_args__ = (UniqueConstraint("team_id", "handle", name="uq"), Index("ix", "day"))

def upgrade():
    op.create_unique_constraint("uq_order", "orders", ["reference"])
    op.create_index("ix_x", "orders", ["day"], unique=False)
    op.create_index("ix_y", "orders", ["number"], unique=True)
`,
      [
        '1 user',
        '1 account',
        '3 user(email)',
        '3 account(email)',
        '5 user(teamid, handle)',
        '5 account(teamid, handle)',
        '8 order(reference)',
        '10 order(number)',
      ],
    ],
    [
      'gorm',
      'user.go',
      `package store

type User struct {
	ID    int64  \`gorm:"primaryKey"\`
	Email string \`gorm:"size:200;uniqueIndex" json:"email"\`
	Name  string \`gorm:"index"\`
}

type Member struct {
	TeamID int64 \`gorm:"uniqueIndex:idx_member"\`
	UserID int64 \`gorm:"uniqueIndex:idx_member"\`
}
`,
      ['3 user', '5 user(email)', '9 member', '10 member(teamid, userid)'],
    ],
    [
      'TypeORM',
      'user.entity.ts',
      `@Entity('users')
@Unique(['team', 'handle'])
@Index(['day', 'desk'], { unique: true })
export class UserEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'text', unique: true })
  email: string;

  @Index({ unique: true })
  @Column({ length: 20 })
  phone: string;

  @Column()
  name: string;
}
`,
      ['1 user', '8 user(email)', '11 user(phone)', '2 user(team, handle)', '3 user(day, desk)'],
    ],
    [
      'Sequelize',
      'user.js',
      `const User = sequelize.define('User', {
  email: { type: DataTypes.STRING, unique: true },
  name: DataTypes.STRING,
}, {
  indexes: [{ unique: true, fields: ['team_id', 'handle'] }, { fields: ['day'] }],
});
`,
      ['1 user', '2 user(email)', '5 user(teamid, handle)'],
    ],
    [
      'Mongoose',
      'like.js',
      `const likeSchema = new Schema({
  slug: { type: String, unique: true },
  post: { type: ObjectId, ref: 'Post' },
});
likeSchema.index({ post: 1, user: 1 }, { unique: true });
likeSchema.index({ day: 1 }, { expireAfterSeconds: 5 });
`,
      ['1 like', '2 like(slug)', '5 like(post, user)'],
    ],
    [
      'Drizzle and Knex',
      'schema.ts',
      `export const users = pgTable('users', {
  id: serial('id').primaryKey(),
  email: text('email').notNull().unique(),
  name: text('name').notNull(),
}, (t) => [uniqueIndex('handle_idx').on(t.team, t.handle)]);

await knex.schema.createTable('orders', (table) => {
  table.string('reference').notNullable().unique();
  table.string('day').notNullable();
  table.unique(['shop', 'number']);
});
`,
      ['1 user', '3 user(email)', '5 user(team, handle)', '7 order', '8 order(reference)', '10 order(shop, number)'],
    ],
  ])('%s', (_, path, text, expected) => {
    expect(uniquesOf(path, text)).toEqual(expected);
  });

  it('nothing of what only speaks of it', () => {
    expect(
      uniquesOf(
        'a.ts',
        'const unique = new Set(rows);\nexport function isUnique(a: string) { return unique.has(a); }\n',
      ),
    ).toEqual([]);
    expect(uniquesOf('a.py', 'def unique(rows):\n    return set(rows)\n')).toEqual([]);
    expect(uniquesOf('a.go', 'package a\nfunc unique(rows []string) []string { return rows }\n')).toEqual([]);
    expect(uniquesOf('a.sql', 'insert into users (email) values ($1);\n')).toEqual([]);
  });

  it('is linear on hostile texts', () => {
    for (const text of [
      'create table a ('.repeat(4000),
      `class A(Base):\n${'    a = Column('.repeat(9000)}`,
      '@Column({ '.repeat(9000),
    ])
      for (const path of ['a.sql', 'a.py', 'a.ts', 'a.go', 'a.prisma']) {
        const took = startProcessorClock();
        listSchemaFacts(path, text);
        expect(took()).toBeLessThan(3000);
      }
  });
});
