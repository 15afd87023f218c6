import { isTest } from '../scope/select.ts';
import type { FindReaders } from './find-readers.ts';

const FILES = [
  '*.js',
  '*.ts',
  '*.mjs',
  '*.cjs',
  '*.mts',
  '*.cts',
  '*.jsx',
  '*.tsx',
  '*.vue',
  '*.svelte',
  '*.py',
  '*.go',
];
const BEARERS = ['Bearer', 'bearer', 'authorization', 'Authorization'];
/** What a browser sends by itself, and what keeps who is logged in by that. */
const BY_ITSELF = (
  'cookie cookies Cookie Cookies setCookie set_cookie SetCookie getCookie parseCookies signedCookies cookieParser COOKIES COOKIE session sessions Session ' +
  'Sessions getSession getServerSession SessionMiddleware passport Basic basicAuth BasicAuth HTTPBasic NextAuth betterAuth lucia credentials withCredentials django'
).split(' ');
const SENT_BY_ITSELF =
  /cookie|session(?!storage)|\bpassport\b|\bbasic\b|basic_?auth|nextauth|betterauth|\blucia\b|credentials["']?\s*[:=]\s*["']include|withCredentials|\bdjango\b/i;

/**
 * Whether a program reads tokens that its clients put into a header, and nothing that browsers send by themselves: then a page of
 * another site has nothing to call it with. False where that cannot be told.
 */
export async function takesBearersOnly(find: FindReaders): Promise<boolean> {
  const found = await find([...BEARERS, ...BY_ITSELF], FILES);
  const texts = [...(found ?? [])].filter(([path]) => !isTest(path)).map(([, text]) => text);
  return (
    texts.some((text) => /\bbearer\b|\bauthorization\b/i.test(text)) && !texts.some((text) => SENT_BY_ITSELF.test(text))
  );
}
