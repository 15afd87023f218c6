// --- rows of models whose files are not there
const express = require('express');
const app = express();
const User = require('./models/user');
const { Item } = require('./models');
app.post('/a', async (req, res) => { await User.create(req.body); res.end(); }); // ! medium mass-assignment
app.post('/b', async (req, res) => { await new User(req.body).save(); res.end(); }); // ! medium mass-assignment
app.post('/c', async (req, res) => { await Item.create({ ...req.body }); res.end(); }); // ! medium mass-assignment
app.put('/d', async (req, res) => { await User.findByIdAndUpdate(req.session.id, { $set: req.body }); res.end(); }); // ! medium mass-assignment
app.put('/e', async (req, res) => { await Item.update(req.body, { where: { id: req.session.id } }); res.end(); }); // ! medium mass-assignment

// --- fields that the program names, and what is no row
const express = require('express');
const app = express();
const User = require('./models/user');
const Response = require('./lib/response');
const { Item } = require('./models');
app.post('/a', async (req, res) => { await User.create({ name: String(req.body.name) }); res.end(); });
app.post('/b', async (req, res) => { await new User({ name: String(req.body.name) }).save(); res.end(); });
app.post('/c', (req, res) => res.json(new Response(req.body)));
app.put('/d', async (req, res) => { await Item.update({ name: String(req.body.name) }, { where: { id: req.session.id } }); res.end(); });
