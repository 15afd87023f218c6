// --- objects that are merged, picked from and bound, with what comes from the request
import { exec } from 'node:child_process';
import express from 'express';
import _ from 'lodash';
const app = express();
app.get('/a', (req, res) => {
  const known = _.merge({}, { dir: '/' }, req.query);
  exec('ls ' + known.dir); // ! critical command-injection
});
app.get('/b', (req, res) => {
  const known = _.pick(req.query, ['dir']);
  exec('ls ' + known.dir); // ! critical command-injection
});
app.get('/c', (req, res) => {
  const options = _.defaults({}, req.query, { dir: '/' });
  exec('ls ' + options.dir); // ! critical command-injection
});
app.get('/d', (req, res) => {
  const known = Object.assign({ dir: '/' }, req.query);
  exec('ls ' + known.dir); // ! critical command-injection
});
app.get('/e', (req, res) => {
  const run = function (this: { dir: string }) {
    exec('ls ' + this.dir); // ! critical command-injection
  };
  run.bind({ dir: req.query.dir as string })();
});
app.get('/f', (req, res) => {
  function run(this: { dir: string }, flag: string) {
    exec('ls ' + flag + this.dir); // ! critical command-injection
  }
  run.call({ dir: req.query.dir as string }, '-l ');
});
app.get('/g', (req, res) => {
  const known = { list: { dir: req.query.dir } };
  exec('ls ' + _.get(known, 'list.dir', '/')); // ! critical command-injection
});

// --- what the program gives stands behind what the request gives, or is another field
import { execFile } from 'node:child_process';
import express from 'express';
import _ from 'lodash';
import { User } from './models';
const app = express();
app.get('/a', (req, res) => {
  const known = _.merge({}, req.query, { program: 'ls' });
  execFile(known.program, []);
});
app.get('/b', (req, res) => {
  const known = Object.assign({}, req.query, { program: 'ls' });
  execFile(known.program, []);
});
app.get('/c', (req, res) => {
  execFile(_.get({ program: 'ls', name: req.query.name }, 'program', 'pwd'), []);
});
app.get('/d', (req, res) => {
  const run = function (this: { program: string; name: string }) {
    execFile(this.program, []);
  };
  run.bind({ program: 'ls', name: req.query.name as string })();
  run.call({ program: 'pwd', name: req.query.name as string });
});
app.get('/e', (req, res) => {
  const options = _.defaults({ program: 'ls' }, req.query);
  execFile(options.program, []);
});
app.post('/f', async (req, res) => {
  await User.create(_.pick(req.body, ['name', 'mail']));
  const { program } = _.pick({ program: 'ls', name: req.body.name }, ['program', 'name']);
  execFile(program, []);
});
