// --- eval, Function, vm
import vm from 'node:vm';
import express from 'express';
const app = express();
app.post('/calc', (req, res) => {
  res.json({ a: eval(req.body.formula) }); // ! critical code-injection
});
app.post('/b', (req, res) => {
  const fn = new Function('x', `return ${req.body.formula}`); // ! critical code-injection
  res.json(fn(1));
});
app.post('/c', (req, res) => {
  res.json(vm.runInNewContext(req.body.script, {})); // ! critical code-injection
});
app.post('/d', (req, res) => {
  setTimeout(req.body.callback, 100); // ! critical code-injection
});

// --- data that is parsed, functions of a table, functions as callbacks
import express from 'express';
const app = express();
const OPERATIONS = { add: (a, b) => a + b, sub: (a, b) => a - b };
app.post('/calc', (req, res) => {
  const data = JSON.parse(req.body.text);
  const operation = OPERATIONS[req.body.name];
  setTimeout(() => console.info('done'), Number(req.body.delay));
  const double = new Function('x', 'return x * 2');
  res.json({ value: operation(Number(data.a), Number(data.b)), double: double(2) });
});

// --- a module that the caller names
const express = require('express');
const app = express();
app.get('/plugin/:name', (req, res) => {
  const plugin = require('./plugins/' + req.params.name); // ! medium module-choice
  res.json(plugin.info());
});
const PLUGINS = ['a', 'b'];
app.get('/known/:name', (req, res) => {
  if (!PLUGINS.includes(req.params.name)) return res.sendStatus(404);
  res.json(require('./plugins/' + req.params.name).info());
});

// --- a script of vm in a class
import { Script, createContext } from 'node:vm';
import { Body, Controller, Post } from '@nestjs/common';

@Controller('rules')
export class RulesController {
  @Post()
  run(@Body() body: { expression: string; limit: number }) {
    const script = new Script(`result = ${body.expression}`); // ! critical code-injection
    return script.runInContext(createContext({}), { timeout: body.limit });
  }
}

// --- a number in code
import express from 'express';
const app = express();
app.get('/x', (req, res) => {
  const n = parseInt(req.query.n, 10);
  res.json(eval(`2 ** ${n}`));
});

// --- a plain function of request and response
module.exports = function preview(req, res) {
  const result = eval('(' + req.body.data + ')'); // ! critical code-injection
  res.json(result);
};

// --- a thread that is made of a text
import express from 'express';
import { Worker } from 'node:worker_threads';
const app = express();
app.post('/a', (req, res) => { new Worker(req.body.code, { eval: true }); res.end(); }); // ! critical code-injection
app.post('/b', (req, res) => { new Worker('./task.js', { workerData: req.body.code }); res.end(); });
