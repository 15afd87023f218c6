// --- exec with a template
import { exec } from 'node:child_process';
import express from 'express';
const app = express();
app.post('/convert', (req, res) => {
  exec(`convert ${req.body.file} out.png`, (error) => res.sendStatus(error ? 500 : 204)); // ! critical command-injection
});

// --- execFile with arguments
import { execFile, spawn } from 'node:child_process';
import express from 'express';
const app = express();
app.post('/convert', (req, res) => {
  execFile('convert', ['--', req.body.file, 'out.png'], (error) => res.sendStatus(error ? 500 : 204));
  spawn('git', ['log', '--', req.body.path], { cwd: '/srv/repo' });
});

// --- a promisified exec behind a service
// file: controller.ts
import { Body, Controller, Post } from '@nestjs/common';
import { PingService } from './ping.service';

@Controller()
export class PingController {
  constructor(private readonly ping: PingService) {}
  @Post('ping')
  run(@Body('host') host: string) {
    return this.ping.run(host);
  }
}
// file: ping.service.ts
import { exec } from 'child_process';
import { promisify } from 'util';
const run = promisify(exec);

export class PingService {
  async run(host: string) {
    const { stdout } = await run('ping -c 1 ' + host); // ! critical command-injection
    return stdout;
  }
}

// --- a shell that is started by name
const { spawn, execFileSync } = require('child_process');
exports.handler = async (event) => {
  const name = event.queryStringParameters.name;
  spawn('sh', ['-c', `tar czf /tmp/x.tgz ${name}`]); // ! critical command-injection
  execFileSync('/bin/bash', ['-c', 'echo ' + name]); // ! critical command-injection
  spawn('tar', ['czf', '/tmp/x.tgz', name]); // ! medium argument-injection
};

// --- an option that starts a shell
import { spawn } from 'node:child_process';
import express from 'express';
const app = express();
app.get('/x', (req, res) => {
  spawn('ls', [req.query.dir], { shell: true }).stdout.pipe(res); // ! critical command-injection
});
app.get('/y', (req, res) => {
  spawn('ls', [req.query.dir], { shell: false }).stdout.pipe(res);
});

// --- the program itself is chosen by the caller
import { spawn } from 'node:child_process';
import express from 'express';
const app = express();
const TOOLS = { png: '/usr/bin/pngquant', jpg: '/usr/bin/jpegoptim' };
app.get('/x', (req, res) => {
  spawn(req.query.tool, ['--version']); // ! high command-injection
  const tool = TOOLS[req.query.type];
  if (!tool) return res.sendStatus(400);
  spawn(tool, ['--version']);
});

// --- execa and shelljs
import { execa, execaCommand } from 'execa';
import shell from 'shelljs';
import Koa from 'koa';
const app = new Koa();
app.use(async (ctx, next) => {
  await execa('git', ['checkout', ctx.query.branch]);
  await execa('git', ['log', ctx.query.branch]); // ! medium argument-injection
  await execaCommand(`git checkout ${ctx.query.branch}`); // ! critical command-injection
  shell.exec('git checkout ' + ctx.query.branch); // ! critical command-injection
  await next();
});

// --- numbers, quoted words, checked words
import { exec } from 'node:child_process';
import { quote } from 'shell-quote';
import express from 'express';
const app = express();
app.get('/x', (req, res) => {
  const port = Number(req.query.port);
  exec(`lsof -i :${port}`);
  exec(quote(['grep', req.query.word, 'log.txt']));
  if (!/^[a-z0-9-]+$/.test(req.query.name)) return res.sendStatus(400);
  exec(`systemctl restart ${req.query.name}`);
  const mode = req.query.full ? 'full' : 'fast';
  exec(`backup --mode ${mode}`);
});

// --- a pattern that is not anchored checks nothing
import { exec } from 'node:child_process';
import express from 'express';
const app = express();
app.get('/x', (req, res) => {
  if (!/[a-z]+/.test(req.query.name)) return res.sendStatus(400);
  exec(`systemctl restart ${req.query.name}`); // ! critical command-injection
});

// --- a constant of another file, and the environment
// file: main.ts
import { execSync } from 'node:child_process';
import express from 'express';
import { BACKUP } from './constants';
const app = express();
app.post('/backup', (req, res) => {
  execSync(`${BACKUP} ${process.env.TARGET}`);
  res.json({ started: req.body.name });
});
// file: constants.ts
export const BACKUP = '/usr/local/bin/backup';

// --- what a language model asks of a tool
import { execFileSync, execSync, execFile } from 'node:child_process';
import { tool } from 'ai';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { ExtensionAPI } from '@earendil-works/pi-coding-agent';
import { z } from 'zod';
export const search = tool({
  description: 'finds text',
  inputSchema: z.object({ text: z.string() }),
  execute: async ({ text }) => execSync(`grep -r "${text}" /srv/docs`).toString(), // ! high command-injection
});
const server = new McpServer({ name: 'docs', version: '1.0.0' });
server.registerTool('apps', { inputSchema: { query: z.string() } }, async ({ query }) => {
  const found = execFileSync('bash', ['-c', `find /usr/share -name "*${query}*"`]); // ! high command-injection
  return { content: [{ type: 'text', text: found.toString() }] };
});
export default function (pi: ExtensionAPI) {
  pi.registerTool({
    name: 'apps',
    async execute(id, params) {
      const found = execFileSync('bash', ['-c', `grep -li "${params.query}" /usr/share/*`]); // ! high command-injection
      return { content: [{ type: 'text', text: String(found) }] };
    },
  });
}

// --- a tool that is a shell, and tools that start none
import { execFile, execFileSync, execSync } from 'node:child_process';
import { tool } from 'ai';
import { z } from 'zod';
export const shell = tool({
  description: 'runs a command',
  inputSchema: z.object({ command: z.string() }),
  execute: async ({ command }) => execSync(command).toString(),
});
export const bash = tool({
  description: 'runs a script',
  inputSchema: z.object({ script: z.string() }),
  execute: async ({ script }) => execFileSync('bash', ['-c', script]).toString(),
});
export const search = tool({
  description: 'finds text',
  inputSchema: z.object({ text: z.string() }),
  execute: async ({ text }) => new Promise((done) => execFile('grep', ['-r', '--', text, '/srv/docs'], (error, out) => done(out))),
});
export const status = tool({
  description: 'the state of a service',
  inputSchema: z.object({ name: z.string() }),
  execute: async ({ name }) => {
    if (!/^[a-z-]+$/.test(name)) throw new Error('no such service');
    return execSync(`systemctl status ${name}`).toString();
  },
});

// --- on another machine, by SSH: what is said is said of that machine
import express from 'express';
import { Client } from 'ssh2';
import { quote } from 'shell-quote';
const app = express();
app.post('/nodes', (req, res) => {
  const conn = new Client();
  conn.on('ready', () => {
    conn.exec(`docker swarm join ${req.body.address}`, () => res.end()); // ! high command-injection
  });
  conn.connect({ host: process.env.NODE, privateKey: process.env.KEY, hostVerifier: verify });
});
app.post('/quoted', (req, res) => {
  const conn = new Client();
  conn.exec(`docker swarm join ${quote([req.body.address])}`, () => res.end());
});

// --- a program that is given to an interpreter
import { execFile, spawn } from 'node:child_process';
import express from 'express';
const app = express();
app.get('/run', (req, res) => {
  execFile('node', ['-e', String(req.query.code)], (error, out) => res.json({ out })); // ! critical code-injection
});
app.get('/file', (req, res) => {
  spawn('python3', ['-c', 'import sys; print(len(sys.argv[1]))', String(req.query.text)]).stdout.pipe(res);
});
