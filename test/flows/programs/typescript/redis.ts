// --- scripts and commands of Redis
// file: node-redis.ts
import express from 'express';
import { createClient } from 'redis';
const app = express();
const client = createClient({ url: process.env.REDIS_URL });
app.post('/run', async (req, res) => {
  await client.eval(req.body.script, { keys: ['a'] }); // ! critical code-injection
  await client.eval('return redis.call("get", KEYS[1])', { keys: [String(req.body.key)] });
  await client.sendCommand([req.body.command, 'a']); // ! critical code-injection
  await client.sendCommand(['GET', String(req.body.key)]);
  res.json(await client.get(String(req.query.key)));
});
// file: ioredis.ts
import Redis from 'ioredis';
import type { Request, Response } from 'express';
const redis = new Redis(process.env.REDIS_URL);
export async function run(req: Request, res: Response) {
  await redis.eval(req.body.script, 1, 'a'); // ! critical code-injection
  await redis.eval('return redis.call("get", KEYS[1])', 1, String(req.body.key));
  await redis.call(req.body.command, 'a'); // ! critical code-injection
  await redis.call('GET', String(req.body.key));
  res.json({});
}

// --- messages that are subscribed to
import { createClient } from 'redis';
import { exec, execFile } from 'child_process';
const subscriber = createClient().duplicate();
export async function listen() {
  await subscriber.subscribe('pictures', (message) => {
    const job = JSON.parse(message);
    exec(`convert ${job.file} out.png`); // ! critical command-injection
    execFile('convert', ['in.png', 'out.png']);
  });
}
