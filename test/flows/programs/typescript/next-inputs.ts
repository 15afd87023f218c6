// --- cookies, headers and the query of a page of Next
// file: app/orders/page.tsx
import { cookies, headers } from 'next/headers';
import { pool } from '../../db';
export default async function OrdersPage({ searchParams }: { searchParams: Promise<{ sort?: string; page?: string }> }) {
  const { sort, page } = await searchParams;
  const theme = (await cookies()).get('theme')?.value;
  const tenant = (await headers()).get('x-tenant');
  await pool.query(`select * from orders order by ${sort}`); // ! critical sql-injection
  await pool.query(`select * from themes where name = '${theme}'`); // ! critical sql-injection
  await pool.query(`select * from tenants where name = '${tenant}'`); // ! critical sql-injection
  await pool.query('select * from themes where name = $1', [theme]);
  await pool.query(`select * from orders limit 20 offset ${Number(page) * 20}`);
  return null;
}
// file: db.ts
import { Pool } from 'pg';
export const pool = new Pool();

// --- cookies of Hono, files of NestJS, texts of a name server
// file: hono.ts
import { Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import { pool } from './db';
const app = new Hono();
app.get('/theme', async (c) => {
  const theme = getCookie(c, 'theme');
  await pool.query(`select * from themes where name = '${theme}'`); // ! critical sql-injection
  return c.json((await pool.query('select * from themes where name = $1', [theme])).rows);
});
export default app;
// file: files.ts
import { Controller, Post, UploadedFile } from '@nestjs/common';
import { exec, execFile } from 'child_process';
@Controller('files')
export class Files {
  @Post()
  upload(@UploadedFile() file: Express.Multer.File) {
    exec(`file ${file.originalname}`); // ! critical command-injection
    execFile('file', ['--', file.path]);
    return { size: file.size };
  }
}
// file: names.ts
import { promises as dns } from 'dns';
import { pool } from './db';
export async function owner(domain: string) {
  const texts = await dns.resolveTxt(domain);
  await pool.query(`insert into owners (text) values ('${texts[0].join('')}')`); // ! critical sql-injection
  await pool.query('insert into owners (text) values ($1)', [texts[0].join('')]);
}
// file: db.ts
import { Pool } from 'pg';
export const pool = new Pool();
