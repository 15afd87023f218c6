// --- a value of the request stands where a program reads options
import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { Body, Controller, Post } from '@nestjs/common';
import execa from 'execa';
const run = promisify(execFile);
@Controller('mirror')
export class MirrorController {
  @Post('a')
  async clone(@Body() body: { remote: string; ref: string }) {
    await run('git', ['clone', '--depth', '1', body.remote, '/srv/mirror'], { timeout: 60_000 }); // ! medium argument-injection
    await execa('git', ['-C', '/srv/mirror', 'show', body.ref]); // ! medium argument-injection
  }
  @Post('b')
  fetch(@Body() body: { url: string }) {
    spawn('curl', ['--silent', '--show-error', body.url]); // ! medium argument-injection
  }
}

// --- options end before it, it is the value of one, or it begins with something of our own
import { execFile, spawn } from 'node:child_process';
import express from 'express';
const app = express();
app.post('/a', (req, res) => {
  execFile('git', ['clone', '--depth', '1', '--', req.body.remote, '/srv/mirror'], { timeout: 60_000 }, () => res.end());
  execFile('git', ['commit', '-m', req.body.message], () => undefined);
  execFile('git', ['rev-parse', '--verify', '--end-of-options', req.body.ref], () => undefined);
  execFile('convert', ['-size', req.body.size, 'in.png', 'out.png'], () => undefined);
  execFile('git', ['fetch', 'origin', `refs/heads/${req.body.branch}`], () => undefined);
  execFile('git', ['log', '-n', String(Number(req.body.count))], () => undefined);
  spawn('ffmpeg', ['-i', req.body.name, '-f', 'mp3', 'out.mp3']);
  execFile('tar', ['xf', req.body.name], () => undefined);
  execFile('git', ['checkout', req.body.ref], () => undefined);
  execFile('logger-of-ours', [req.body.message], () => undefined);
  if (!req.body.ref.startsWith('-')) execFile('git', ['checkout', req.body.ref], () => undefined);
});
