// --- a choice whose test always holds
import express from 'express';
import { exec } from 'node:child_process';
const app = express();
app.get('/a', (req, res) => {
  const param = req.query.name as string;
  const num = 86;
  const bar = 7 * 42 - num > 200 ? 'always' : param;
  exec('echo ' + bar);
  res.end();
});

// --- a choice whose test never holds
import express from 'express';
import { exec } from 'node:child_process';
const app = express();
app.get('/a', (req, res) => {
  const param = req.query.name as string;
  const num = 106;
  const bar = 7 * 42 - num > 200 ? 'always' : param;
  exec('echo ' + bar); // ! critical command-injection
  res.end();
});

// --- a switch over a letter
import express from 'express';
import { exec } from 'node:child_process';
const app = express();
app.get('/a', (req, res) => {
  const param = req.query.name as string;
  const guess = 'ABC'[1];
  let bar = 'x';
  switch (guess) {
    case 'A':
      bar = param;
      break;
    case 'B':
      bar = 'bob';
      break;
    default:
      bar = param;
  }
  exec('echo ' + bar);
  res.end();
});

// --- keys of a map
import express from 'express';
import { exec } from 'node:child_process';
const app = express();
app.get('/a', (req, res) => {
  const param = req.query.name as string;
  const values = new Map();
  values.set('a', 'a');
  values.set('b', param);
  exec('echo ' + values.get('a'));
  exec('echo ' + values.get('b')); // ! critical command-injection
  res.end();
});

// --- a key of a map that is not known
import express from 'express';
import { exec } from 'node:child_process';
const app = express();
app.get('/a', (req, res) => {
  const param = req.query.name as string;
  const values = new Map<string, string>();
  values.set('a', 'a');
  values.set(req.params.key, param);
  exec('echo ' + values.get('b')); // ! critical command-injection
  res.end();
});

// --- a list that is pushed and shifted
import express from 'express';
import { exec } from 'node:child_process';
const app = express();
app.get('/a', (req, res) => {
  const param = req.query.name as string;
  const values = [];
  values.push('a', param, 'b');
  values.shift();
  exec('echo ' + values[1]);
  exec('echo ' + values[0]); // ! critical command-injection
  res.end();
});

// --- a list that a callback fills
import express from 'express';
import { exec } from 'node:child_process';
const app = express();
app.get('/a', (req, res) => {
  const param = req.query.name as string;
  const values: string[] = ['a'];
  param.split(',').forEach((one) => values.push(one));
  exec('echo ' + values[3]); // ! critical command-injection
  res.end();
});

// --- what was encoded is decoded again
import express from 'express';
import { exec } from 'node:child_process';
const app = express();
app.get('/a', (req, res) => {
  const param = req.query.name as string;
  const safe = encodeURIComponent(param);
  exec('echo ' + decodeURIComponent(safe)); // ! critical command-injection
  res.end();
});

// --- a flag that a callback sets
import express from 'express';
import { exec } from 'node:child_process';
const app = express();
app.get('/a', (req, res) => {
  const param = req.query.name as string;
  let ready = 0;
  app.on('mount', () => {
    ready = 1;
  });
  exec('echo ' + (ready === 0 ? param : 'x')); // ! critical command-injection
  res.end();
});

// --- methods that every object has
import express from 'express';
import { exec } from 'node:child_process';
const app = express();
app.get('/a', (req, res) => {
  const values = [req.query.name as string, 'b'];
  const text = values.toString();
  if (values.hasOwnProperty('0')) values.valueOf();
  exec(text); // ! critical command-injection
  res.end();
});
