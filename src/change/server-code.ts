/** The name that Remix and React Router give to code that never reaches a browser. */
export const SERVER_FILE = /\.server\.[cm]?[jt]sx?$/;

/** Modules that only a server imports: Node's own, and the libraries of the technologies that the agent names. */
const MODULES = [
  'node:[\\w/]+',
  'fs(?:/promises)?|https?|http2|net|tls|dns|dgram|child_process|crypto|vm|cluster|worker_threads|os|zlib',
  'express|fastify|koa|hono|restify|polka|micro|h3|elysia|probot|socket\\.io|ws|graphql-yoga|nodemailer|multer|busboy|formidable',
  '@(?:nestjs|fastify|koa|hono|apollo|trpc|grpc|prisma|aws-sdk|azure|google-cloud|sveltejs/kit|remix-run/node|octokit)/[\\w./-]+',
  'apollo-server[\\w-]*|next/(?:server|headers|cache)|@remix-run/node|@trpc/server|server-only|dotenv',
  'pg|pg-[\\w-]+|postgres|mysql2?|mssql|sqlite3|better-sqlite3|knex|typeorm|sequelize|drizzle-orm|kysely|mongoose|mongodb|ioredis|redis|amqplib|kafkajs|bullmq?|slonik',
  'jsonwebtoken|bcrypt(?:js)?|argon2|passport[\\w-]*|express-[\\w-]+|helmet|cors|body-parser|cookie-parser|winston|pino',
].join('|');

/** Any one of these shows that a script runs on a server. Each is linear in the length of the text. */
const SIGNS: readonly RegExp[] = [
  new RegExp(`(?:\\bfrom|\\bimport|\\brequire\\(|\\bimport\\()\\s*['"](?:${MODULES})(?:/[^'"\\n]{0,100})?['"]`),
  // A module of one's own that speaks to a database.
  /(?:\bfrom|\brequire\(|\bimport\()\s*['"][.@~][^'"\n]{0,200}\b(?:db|database|prisma|knex|orm|sql|queries|dao|repositor(?:y|ies))\b/i,
  // The request and the answer, as the frameworks name them.
  /\b(?:req|request|ctx|c\.req|ctx\.req|ctx\.request|event)\.(?:query|params|param|body|headers|cookies|files?|rawBody|queryStringParameters|pathParameters)\b/,
  /\bres(?:ponse)?\.(?:send|sendFile|status|redirect|render|setHeader|writeHead|cookie|end)\s*\(/,
  /\b(?:app|router|server|fastify)\.(?:get|post|put|patch|delete|use|all|listen|route)\(\s*['"`/]/,
  /\bexport\s+(?:async\s+)?(?:function\s+|const\s+)(?:GET|POST|PUT|PATCH|DELETE|loader|action|getServerSideProps|handler)\b/,
  /\bexports\.handler\b|['"]use server['"]|\bBun\.serve\b|\bDeno\.\w|\baddEventListener\(\s*['"]fetch['"]/,
  // Statements of SQL.
  /['"`]\s*(?:select\b[^'"`;]{1,300}\bfrom\b|insert\s+into\s|update\s+[\w."]{1,60}\s+set\s|delete\s+from\s|(?:create|alter|drop)\s+table\s)/i,
  /@(?:Controller|Injectable|Resolver|Entity|MessagePattern)\(/,
];

/**
 * Whether a script runs on a server. Asked only where the path looks like the front end or a build: a folder called `public` may
 * hold the public API, and a `.tsx` a worker. A sign too many costs a look; a sign too few would let code go by unseen.
 */
export function showsServerCode(text: string): boolean {
  return SIGNS.some((sign) => sign.test(text));
}
