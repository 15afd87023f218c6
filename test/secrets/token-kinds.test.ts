import { describe, expect, it } from 'vitest';
import { searchText } from '../../src/secrets/search-text.ts';

/** Characters that look random, the same in each run: no token stands in this file. */
function make(alphabet: string, length: number): string {
  let state = 20_261_126;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return alphabet[(state >>> 12) % alphabet.length];
  }).join('');
}
const HEX = '0123456789abcdef';
const WORD = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LOWER = 'abcdefghijkmnpqrstuvwxyz23456789';
const hex = (length: number): string => make(HEX, length);
const word = (length: number): string => make(WORD, length);

const TOKENS: readonly [kind: string, token: string][] = [
  ['xAI API key', `xai-${word(80)}`],
  ['NVIDIA API key', `nvapi-${word(64)}`],
  ['OpenRouter API key', `sk-or-v1-${hex(64)}`],
  ['OpenAI API key', `sk-${word(20)}T3BlbkFJ${word(20)}`],
  ['Resend key', `re_${word(8)}_${word(24)}`],
  ['Airtable token', `pat${word(14)}.${hex(64)}`],
  ['HubSpot token', `pat-na1-${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`],
  ['Neon key', `napi_${make(LOWER, 64)}`],
  ['Pinecone key', `pcsk_${word(6)}_${word(62)}`],
  ['CircleCI token', `CCIPAT_${word(22)}_${hex(40)}`],
  ['SonarQube token', `sqp_${hex(40)}`],
  ['Slack webhook', `https://hooks.slack.com/workflows/T${word(8)}/A${word(8)}/${word(30)}`],
  ['Azure client secret', `${word(3)}8Q~${word(34)}`],
  ['Telegram bot token', `7391846250:AA${word(33)}`],
  ['Mailchimp key', `${hex(32)}-us21`],
  ['Terraform Cloud token', `${word(14)}.atlasv1.${word(64)}`],
];

describe('a token of a provider', () => {
  it.each(TOKENS)('%s is found and masked whole', (kind, token) => {
    const text = `const x = "${token}";`;
    const [found, ...others] = searchText(text, { bare: false });
    expect(others).toEqual([]);
    expect(found).toMatchObject({ kind, start: 11, end: 11 + token.length, report: true });
  });

  it.each([
    're_compile_the_patterns_of_all_rules_once',
    'fw_configuration_of_the_firewall_rules',
    'access-production-database-from-the-office',
    'secret_name_of_the_deployment_in_kubernetes_cluster',
    'pat-na1-is-the-first-region',
    'rnd_numbers_for_the_generator_of_maps',
    `${hex(32)}-usable`,
  ])('%s is none', (name) => expect(searchText(`const x = "${name}";`, { bare: false })).toEqual([]));
});

describe('a secret of words, in code', () => {
  const isSaid = (text: string): boolean => searchText(text, { bare: false }).some((one) => one.report);
  it.each([
    "const JWT_SECRET = 'my-super-secret-jwt-key';",
    "const secret = process.env.JWT_SECRET || 'changeme';",
    "const jwtSecret = process.env.JWT_SECRET ?? 'secret';",
    "app.use(session({ secret: 'keyboard cat' }));",
    'SECRET_KEY = os.environ.get("SECRET_KEY", "dev")',
    'SECRET_KEY = config.get("SECRET_KEY", "secret")',
    'SECRET_KEY = os.getenv("SECRET_KEY") or "super-secret"',
    'app.config["SECRET_KEY"] = "supersecret"',
    'var jwtSecret = []byte("my_secret_key")',
    'secret := getEnv("JWT_SECRET", "dev-secret")',
    'const password = "admin123!"',
    "const secretKey = CryptoJS.enc.Utf8.parse('k9Xp2LmQ8vRt4WzB');",
    "if (password === 'letmein123') open();",
  ])('%s', (text) => expect(isSaid(text)).toBe(true));

  it.each([
    "const NAMES = { JWT_SECRET: 'jwt_secret', PASSWORD: 'user-password' };",
    'SECRET_KEY = config.get("site", "secret")',
    "hash(env.STRIPE_SECRET_KEY ?? 'stripe-unconfigured')",
    "const labels = { password: 'Enter your password' };",
    "const events = { RESET_PASSWORD: 'reset-password', password: 'password1' };",
    // It is the one of the developer's own machine.
    "const dbPassword = process.env.DB_PASSWORD || 'postgres123';",
    "const password = 'changeme';",
    "const secret = process.env.JWT_SECRET || '';",
    "const options = { secret: 'auth.secret', algorithm: 'HS256', password: 'oauth2' };",
    'secret_key = settings.get("secret_key", "")',
    "inject('JWT_SECRET')",
    'Password string `json:"password"`',
    "const secret = 'your-secret-here';",
  ])('not %s', (text) => expect(isSaid(text)).toBe(false));
});
