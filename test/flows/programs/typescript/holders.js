// --- functions of objects and prototypes, what a middleware leaves on the request
const express = require('express');
const axios = require('axios');
const fs = require('fs');
const { exec } = require('child_process');
function Store(root) { this.root = root; }
Store.prototype.read = function (name) { return fs.readFileSync('/srv/' + name); }; // ! high path-traversal
Store.prototype.handle = function (req, res) { res.json(this.read(req.query.name)); };
Store.prototype.call = function (url) { return axios.get(url); }; // ! high server-side-request-forgery
Store.prototype.proxy = function (req, res) {
  var self = this;
  self.call(req.query.url).then(function (answer) { res.json(answer.data); });
};
const store = new Store('/srv');
const router = express.Router();
router.get('/p', store.proxy.bind(store));
const controller = {
  run(command) { return exec('convert ' + command); }, // ! critical command-injection
  post: function (req, res) { this.run(req.body.file); res.end(); },
  async get(req, res) { return this.load(req.query.url); },
  load: async function (url) { return axios.get(url); }, // ! high server-side-request-forgery
};
router.post('/r', controller.post.bind(controller));
router.get('/g', (req, res) => controller.get(req, res));
exports.download = function (req, res) { this.send(req.query.file, res); };
exports.send = function (file, res) { fs.createReadStream(file).pipe(res); }; // ! high path-traversal
router.use((req, res, next) => { req.target = req.query.target; res.locals.file = req.query.file; next(); });
router.get('/j', (req, res) => { axios.get(req.target); }); // ! high server-side-request-forgery
router.get('/k', (req, res) => { fs.readFileSync(res.locals.file); }); // ! high path-traversal
function tenant(req, res, next) {
  req.context = { tenant: req.headers['x-tenant'] };
  next();
}
router.get('/t', tenant, (req, res) => { exec('backup ' + req.context.tenant); }); // ! critical command-injection

// --- the same, checked or of our own
const express = require('express');
const axios = require('axios');
const fs = require('fs');
const { exec } = require('child_process');
const jwt = require('jsonwebtoken');
function Store(root) { this.root = root; }
Store.prototype.read = function (id) { return fs.readFileSync('/srv/' + Number(id)); };
Store.prototype.handle = function (req, res) { res.json(this.read(req.query.id)); };
const store = new Store('/srv');
const router = express.Router();
router.get('/p', store.handle.bind(store));
const controller = {
  base: 'https://example.org',
  run(command) { return exec('convert ' + command); },
  post(req, res) { this.run('a.png'); res.json(req.body.file); },
  async get(req, res) { return axios.get(`${this.base}/users/${encodeURIComponent(req.query.name)}`); },
};
router.post('/r', controller.post.bind(controller));
router.use((req, res, next) => {
  req.user = jwt.verify(req.headers.authorization, 'key');
  req.page = Number(req.query.page);
  if (!['eu', 'us'].includes(req.query.region)) return res.sendStatus(400);
  req.region = req.query.region;
  res.locals.title = 'x';
  next();
});
router.get('/j', (req, res) => {
  fs.readFileSync('/srv/' + req.region + '/' + req.page + res.locals.title);
  exec('backup ' + req.user.tenant);
});

// --- names that others decide, two deep
const express = require('express');
const router = express.Router();
const settings = {};
router.post('/a', (req, res) => {
  settings[req.body.section][req.body.name] = req.body.value; // ! medium prototype-key
  res.end();
});
router.post('/b', (req, res) => {
  const { path, value } = req.body;
  const [section, name] = path.split('.');
  settings[section][name] = value; // ! medium prototype-key
  res.end();
});

// --- one deep, or checked
const express = require('express');
const router = express.Router();
const settings = { web: {}, mail: {} };
const counts = new Map();
router.post('/a', (req, res) => {
  settings.web[req.body.name] = req.body.value;
  if (!Object.hasOwn(settings, req.body.section)) return res.sendStatus(404);
  settings[req.body.section][req.body.name] = req.body.value;
  res.end();
});
router.post('/b', (req, res) => {
  const section = req.body.section;
  if (section === '__proto__' || section === 'constructor' || section === 'prototype') return res.sendStatus(400);
  settings[section][req.body.name] = req.body.value;
  counts.set(req.body.name, 1);
  const list = [[0], [0]];
  list[Number(req.body.x)][Number(req.body.y)] = 1;
  res.end();
});

// --- filters of models and collections that are elsewhere
const express = require('express');
const router = express.Router();
const User = require('../models/user');
const { Account } = require('../models');
const db = require('../db');
const mongoose = require('mongoose');
router.post('/login', async (req, res) => {
  await User.findOne({ name: req.body.name, password: req.body.password }); // ! high nosql-injection
  await Account.find(req.body); // ! high nosql-injection
  db.users.find({ name: req.body.name }, () => {}); // ! medium nosql-injection
  User.find({ $where: 'this.name == "' + req.body.name + '"' }); // ! high database-script-injection
  res.end();
});

// --- filters of other databases, or of texts
const express = require('express');
const router = express.Router();
const { Account } = require('../models');
const db = require('../db');
const users = require('../services/users');
router.post('/login', async (req, res) => {
  await Account.findOne({ where: { name: req.body.name } });
  await Account.findOne({ name: String(req.body.name) });
  await Account.deleteOne({ _id: req.params.id });
  await users.find({ name: req.body.name });
  res.json(req.body.list.find((one) => one.name === req.body.name));
});

// --- a function that `new` makes an object of: methods it gives itself, in a file of its own
// file: store.js
const Store = function (db) {
  if (!(this instanceof Store)) return new Store(db);
  const plants = db.collection('plants');
  this.find = (owner, height, done) => {
    const filter = () => {
      if (!height) return { owner: Number(owner) };
      return { $where: `this.owner == ${Number(owner)} && this.height > '${height}'` }; // ! high database-script-injection
    };
    plants.find(filter()).toArray(done);
  };
};
module.exports = { Store };
// file: pots.js
function Pots(pool) {
  var self = this;
  self.pool = pool;
  self.find = function (name, done) {
    self.pool.query("SELECT * FROM pots WHERE name = '" + name + "'", done); // ! critical sql-injection
  };
}
module.exports = Pots;
// file: main.js
const express = require('express');
const mysql = require('mysql2');
const { Store } = require('./store');
const Pots = require('./pots');
const pots = new Pots(mysql.createPool({ host: 'db' }));
module.exports = (db) => {
  const router = express.Router();
  const store = new Store(db);
  router.get('/plants/:owner', (req, res, next) => {
    store.find(req.params.owner, req.query.height, (error, all) => (error ? next(error) : res.json(all)));
  });
  router.get('/pots', (req, res, next) => {
    pots.find(req.query.name, (error, all) => (error ? next(error) : res.json(all)));
  });
  return router;
};

// --- the same, checked
// file: store.js
const Store = function (db) {
  if (!(this instanceof Store)) return new Store(db);
  const plants = db.collection('plants');
  this.find = (owner, height, done) => {
    plants.find({ $where: `this.owner == ${Number(owner)} && this.height > ${height}` }).toArray(done);
  };
};
module.exports = { Store };
// file: pots.js
function Pots(pool) {
  var self = this;
  self.pool = pool;
  self.find = function (name, done) {
    self.pool.query('SELECT * FROM pots WHERE name = ?', [name], done);
  };
}
module.exports = Pots;
// file: main.js
const express = require('express');
const mysql = require('mysql2');
const { Store } = require('./store');
const Pots = require('./pots');
const pots = new Pots(mysql.createPool({ host: 'db' }));
module.exports = (db) => {
  const router = express.Router();
  const store = new Store(db);
  router.get('/plants/:owner', (req, res, next) => {
    store.find(req.params.owner, Number(req.query.height), (error, all) => (error ? next(error) : res.json(all)));
  });
  router.get('/pots', (req, res, next) => {
    pots.find(req.query.name, (error, all) => (error ? next(error) : res.json(all)));
  });
  return router;
};
