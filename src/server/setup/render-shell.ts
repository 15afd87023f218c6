import { createHash } from 'node:crypto';

/** Colours of both kinds have a contrast of at least 4.5 to 1 on their background. Source: WCAG 2.2, 1.4.3. */
const STYLE = `
:root{color-scheme:light dark;--text:#1f2328;--soft:#59636e;--line:#d1d9e0;--page:#fff;--card:#f6f8fa;--link:#0550ae;--ok:#1a7f37;--waiting:#8a5a00;--fail:#c01c28;--off:#59636e;--button:#0550ae;--on-button:#fff}
@media (prefers-color-scheme:dark){:root{--text:#e6edf3;--soft:#9ea7b3;--line:#3d444d;--page:#0d1117;--card:#161b22;--link:#79b8ff;--ok:#4ac26b;--waiting:#e3b341;--fail:#ff8080;--off:#9ea7b3;--button:#79b8ff;--on-button:#0d1117}}
*{box-sizing:border-box}
body{font:1rem/1.5 system-ui,sans-serif;color:var(--text);background:var(--page);max-width:46rem;margin:0 auto;padding:2rem 1rem 4rem;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .5rem}h2{font-size:1.05rem;margin:0}p{margin:.4rem 0}
a{color:var(--link)}:focus-visible{outline:3px solid var(--link);outline-offset:2px}
code{font:.9em ui-monospace,monospace;background:var(--card);border:1px solid var(--line);border-radius:4px;padding:0 .3em}
label{display:block;margin:1rem 0;font-weight:600}
input,textarea{display:block;width:100%;margin-top:.25rem;padding:.5rem;font:inherit;font-weight:400;color:inherit;background:var(--card);border:1px solid var(--soft);border-radius:6px}
::placeholder{color:var(--soft);opacity:1}
textarea{font-family:ui-monospace,monospace;font-size:.85rem}
button{font:inherit;font-weight:600;padding:.5rem 1rem;border:1px solid var(--button);border-radius:6px;color:var(--on-button);background:var(--button);cursor:pointer}
button.quiet{color:var(--link);background:none}
.note{border:1px solid var(--line);border-left:4px solid var(--waiting);border-radius:6px;background:var(--card);padding:.6rem 1rem;margin:1rem 0}
.note.fail{border-left-color:var(--fail)}.note.ok{border-left-color:var(--ok)}
ol.steps{list-style:none;margin:1.5rem 0;padding:0}
ol.steps>li{display:grid;grid-template-columns:2rem 1fr;border:1px solid var(--line);border-radius:8px;padding:.7rem 1rem;margin:.6rem 0}
ol.steps>li.next{border-color:var(--link);border-width:2px}
ol.steps .mark{font-weight:700;font-size:1.1rem}
.status{font-weight:600;font-size:.85rem;margin-left:.4rem}
.ok .mark,.ok .status{color:var(--ok)}.waiting .mark,.waiting .status{color:var(--waiting)}.fail .mark,.fail .status{color:var(--fail)}.off .mark,.off .status{color:var(--off)}
.text{color:var(--soft)}.links a{margin-right:1rem}
details{border-top:1px solid var(--line);padding-top:.75rem}summary{cursor:pointer}dt{font-weight:600;margin-top:.5rem}dd{margin:0;color:var(--soft)}
@media (max-width:30rem){body{padding-top:1rem}ol.steps>li{grid-template-columns:1.6rem 1fr;padding:.6rem .7rem}}
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** For every answer of these pages. `forms`: another address that a form may go to. */
export function listHeaders(forms: string | null): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    // The address may hold a token or a code.
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'content-security-policy': [
      "default-src 'none'",
      `style-src 'sha256-${STYLE_HASH}'`,
      `form-action 'self'${forms === null ? '' : ` ${forms}`}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  };
}

interface Shell {
  title: string;
  /** Seconds until the browser goes there; null: it stays. */
  refresh?: { seconds: number; to: string } | null;
  /** HTML. */
  body: string;
}

/** A page without script and without anything from elsewhere. */
export function renderShell({ title, refresh = null, body }: Shell): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
${refresh === null ? '' : `<meta http-equiv="refresh" content="${refresh.seconds};url=${escapeHtml(refresh.to)}">\n`}<title>${escapeHtml(title)} · backend-dev</title>
<style>${STYLE}</style>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
