import { z } from 'zod';

/**
 * What the code of a package runs as. `server`: it takes requests, or works for those who do. `browser`: in front of the person
 * who waits, on a page or a phone. `tool`: somebody starts it, at a terminal or on the own desktop, and sees what it does. `library`: published, and run by whoever installs it.
 */
export const RUNTIMES = ['server', 'browser', 'tool', 'library'] as const;
export type Runtime = (typeof RUNTIMES)[number];

const Names = z.record(z.string(), z.unknown()).catch({});
const Field = z.unknown().optional();
const Manifest = z.looseObject({
  private: Field,
  bin: Field,
  exports: Field,
  types: Field,
  files: Field,
  publishConfig: Field,
  workspaces: Field,
  dependencies: Names,
  optionalDependencies: Names,
  peerDependencies: Names,
  devDependencies: Names,
});

/** Takes requests or jobs. */
const FRAMEWORK = anyOf(
  'express|fastify|koa|hono|restify|polka|micro|h3|nitropack|nitro|elysia|sails|moleculer|probot|socket\\.io|graphql-yoga|apollo-server[\\w-]*',
  'next|nuxt|astro|@sveltejs/kit|@remix-run/(?:node|express|serve|server-runtime|cloudflare)|@react-router/(?:serve|express|cloudflare)',
  '(?:express|koa|fastify)-[\\w.-]+|@(?:nestjs|fastify|koa|hono|feathersjs|adonisjs|loopback|hapi)/[\\w.-]+|@apollo/server|@trpc/server',
  'serverless|serverless-http|aws-lambda|wrangler|@vercel/(?:node|functions)|@azure/functions|@google-cloud/functions-framework',
  'bullmq?|bee-queue|agenda|kafkajs|amqplib|pg-boss|@temporalio/worker|@slack/bolt|discord\\.js|telegraf',
);
/** Speaks to what only a server may speak to; a tool may, as well. */
const BACKEND = anyOf(
  'pg|pg-[\\w-]+|postgres|mysql2?|mariadb|mssql|sqlite3|better-sqlite3|knex|typeorm|sequelize|drizzle-orm|kysely|slonik|@prisma/client|prisma',
  'mongoose|mongodb|ioredis|redis|@redis/client|@clickhouse/client|@elastic/elasticsearch|@opensearch-project/opensearch|cassandra-driver',
  '@aws-sdk/(?:client|lib)-[\\w-]+|@google-cloud/[\\w-]+|@azure/[\\w-]+|@grpc/grpc-js|firebase-admin|@kubernetes/client-node|dockerode',
  'nodemailer|@sendgrid/mail|twilio|stripe|jsonwebtoken|bcrypt(?:js)?|argon2|passport[\\w-]*|helmet|cors|winston|pino|prom-client|@opentelemetry/sdk-node',
);
const SCREEN = anyOf(
  'react-native|expo|react|react-dom|vue|svelte|solid-js|preact|lit|@angular/core|ember-source|alpinejs|jquery|@builder\\.io/qwik|backbone',
);
/** Reads the arguments of a command line, or asks at a terminal. */
const TERMINAL = anyOf(
  'commander|@commander-js/[\\w-]+|yargs|cac|meow|minimist|citty|clipanion|sade|arg|@oclif/core|inquirer|@inquirer/[\\w-]+|enquirer|prompts|@clack/prompts',
);
/** Runs within the page of another service. */
const EXTENSION = anyOf(
  '@stripe/ui-extension-sdk|@shopify/ui-extensions(?:-react)?|@forge/react|@hubspot/ui-extensions',
);
/** Makes pages of documents, when somebody builds them. */
const DOCUMENTS = anyOf('@docusaurus/[\\w-]+|vitepress|vuepress|@11ty/eleventy|@vuepress/[\\w-]+');
/** Keeps the packages of a repository together. */
const WORKSPACE = anyOf('turbo|nx|lerna|@changesets/cli|@manypkg/cli|syncpack');
/** Runs on the machine of the one person who started it, or as a part of such a program. */
const DESKTOP = anyOf('electron|@tauri-apps/api|obsidian|@raycast/api');

/**
 * What a package runs as, by its `package.json`: by what it depends on, never by its name. Null: it does not say.
 *
 * @param text the manifest, which may be anything
 */
export function decideRuntime(text: string): Runtime | null {
  return describePackage(text).runtime;
}

export interface Package {
  runtime: Runtime | null;
  /** It may hold code of pages: it depends on what they are made of, or does not say. */
  pages: boolean;
  /** What it needs to run, by name, with the versions that it accepts as they are written: `^4.18.2`. */
  needs: ReadonlyMap<string, string>;
}

/** What is known of a package without a manifest that can be read. */
export const UNKNOWN_PACKAGE: Package = { runtime: null, pages: true, needs: new Map() };

export function describePackage(text: string): Package {
  const manifest = parseManifest(text);
  if (!manifest) return UNKNOWN_PACKAGE;
  const { dependencies, optionalDependencies, peerDependencies, devDependencies } = manifest;
  const all = [dependencies, optionalDependencies, peerDependencies, devDependencies].flatMap(Object.keys);
  const needs = new Map(
    Object.entries(dependencies).filter((one): one is [string, string] => typeof one[1] === 'string'),
  );
  return { runtime: decideRuntimeOf(manifest), pages: all.some(SCREEN), needs };
}

function decideRuntimeOf(manifest: z.infer<typeof Manifest>): Runtime | null {
  const built = Object.keys(manifest.devDependencies);
  const used = [manifest.dependencies, manifest.optionalDependencies, manifest.peerDependencies].flatMap(Object.keys);
  const own = [...Object.keys(manifest.dependencies), ...built];
  const isTool = Boolean(manifest.bin) && own.some(TERMINAL);
  if (used.some(EXTENSION)) return 'browser';
  // The types of what a page calls come with the server's half of tRPC.
  const isCaller = used.includes('@trpc/client') && used.some(SCREEN);
  const serves = used.some((name) => FRAMEWORK(name) && !(isCaller && name === '@trpc/server'));
  if (serves) return 'server';
  // It may keep its own data in a database.
  if ([...used, ...built].some(DESKTOP)) return 'tool';
  if (used.some(BACKEND) && !isTool) return 'server';
  // A page is often served by such a framework while it is made.
  if (own.some(SCREEN)) return 'browser';
  if (built.some(FRAMEWORK)) return null;
  if (isTool || own.some(DOCUMENTS)) return 'tool';
  if (built.some(BACKEND)) return null;
  if (manifest.private === true) return isRoot(manifest, own) ? 'tool' : null;
  return isPublished(manifest) ? 'library' : null;
}

/** What a service runs lies in the packages of the repository; the root has what its developers start. */
function isRoot({ workspaces }: z.infer<typeof Manifest>, own: readonly string[]): boolean {
  return Boolean(workspaces) || own.some(WORKSPACE);
}

function isPublished({ exports, types, files, publishConfig }: z.infer<typeof Manifest>): boolean {
  return [exports, types, files, publishConfig].some(Boolean);
}

function parseManifest(text: string): z.infer<typeof Manifest> | null {
  try {
    return Manifest.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function anyOf(...names: readonly string[]): (name: string) => boolean {
  const pattern = new RegExp(`^(?:${names.join('|')})$`);
  return (name) => name.length < 100 && pattern.test(name);
}
