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

// --- rows that are changed by what the body holds
const express = require('express');
const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize(process.env.DB);
class Rental extends Model {}
Rental.init({ note: DataTypes.STRING, totalCents: DataTypes.INTEGER }, { sequelize });
const Card = sequelize.define('Card', { holder: DataTypes.STRING });
const app = express();
app.patch('/a/:id', async (req, res) => {
  const rental = await Rental.findOne({ where: { id: req.params.id, userId: req.user.id } });
  await rental.update(req.body); // ! medium mass-assignment
  res.json(rental.id);
});
app.patch('/b/:id', async (req, res) => {
  const card = await Card.findByPk(req.params.id);
  card.set(req.body); // ! medium mass-assignment
  await card.save();
  res.end();
});
app.patch('/c/:id', async (req, res) => {
  const rental = await Rental.findByPk(req.params.id);
  await rental.update({ note: String(req.body.note) });
  res.end();
});
app.patch('/d/:id', async (req, res) => {
  const rental = await Rental.findByPk(req.params.id);
  await rental.update(req.body, { fields: ['note'] });
  res.end();
});
app.put('/e', (req, res) => {
  settings.update(req.body);
  res.end();
});

// --- conditions of Prisma that the caller writes
import Fastify from 'fastify';
import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
const app = Fastify();
app.get('/a', async (request) => prisma.course.findMany({ where: request.query, take: 40 })); // ! medium lookup-injection
app.post('/b', async (request) => {
  const filter = request.body;
  return prisma.course.findFirst({ where: filter }); // ! medium lookup-injection
});
app.get('/c', async (request) => prisma.course.findMany({ where: { title: String(request.query.title) }, take: 40 }));
app.get('/d/:id', async (request) => prisma.course.findFirst({ where: { id: request.params.id } }));

// --- a row that is made here, and filled with all that was sent
const express = require('express');
const app = express();
const { Variable } = require('./entities/variable');
const source = require('./source');
app.post('/a', async (req, res) => {
  const body = req.body;
  const made = new Variable();
  Object.assign(made, body); // ! medium mass-assignment
  const repo = source.getRepository(Variable);
  res.json(await repo.save(repo.create(made)));
});

// --- a row that is made here, and filled with what the program names; and what is not saved
const express = require('express');
const app = express();
const { Variable } = require('./entities/variable');
const source = require('./source');
app.post('/a', async (req, res) => {
  const made = new Variable();
  Object.assign(made, { name: String(req.body.name), value: String(req.body.value) });
  await source.getRepository(Variable).save(made);
  res.end();
});
app.post('/b', (req, res) => {
  const shown = new Variable();
  Object.assign(shown, req.body);
  res.json(shown);
});

// --- MySQL makes an assignment of each field of an object
var express = require('express');
var mysql = require('mysql');
var pool = mysql.createPool({ host: process.env.DB_HOST });
var router = express.Router();
function run(sql, params, cb) {
  pool.query(sql, params, function (err, rows) { // ! medium mass-assignment
    cb(err, rows);
  });
}
router.post('/', function (req, res) {
  pool.query('INSERT INTO tickets SET ?', req.body, function () { // ! medium mass-assignment
    res.end();
  });
});
router.put('/:id', function (req, res) {
  pool.query('UPDATE tickets SET ? WHERE id = ?', [req.body, req.params.id], function () { // ! medium mass-assignment
    res.end();
  });
});
router.post('/own', function (req, res) {
  run('INSERT INTO tickets SET ?', Object.assign({}, req.body, { owner: req.user.id }), function () {
    res.end();
  });
});

// --- named fields, and a value of a column
var express = require('express');
var mysql = require('mysql');
var pool = mysql.createPool({ host: process.env.DB_HOST });
var router = express.Router();
router.post('/', function (req, res) {
  pool.query('INSERT INTO tickets SET ?', { title: req.body.title, owner: req.user.id }, function () {
    res.end();
  });
});
router.put('/:id', function (req, res) {
  pool.query('UPDATE tickets SET title = ? WHERE id = ?', [req.body.title, req.params.id], function () {
    res.end();
  });
});

// --- a row that was read gets all that was sent, and is saved
import { Repository } from 'typeorm';
import express from 'express';
const app = express();
const patients = new Repository();
app.put('/:id', async (req, res) => {
  const patient = await patients.findOneByOrFail({ id: req.params.id, doctor: req.user.id });
  Object.assign(patient, req.body); // ! medium mass-assignment
  res.json(await patients.save(patient));
});
app.put('/own/:id', async (req, res) => {
  const patient = await patients.findOneByOrFail({ id: req.params.id, doctor: req.user.id });
  patient.save = undefined;
  Object.assign(patient, { name: req.body.name });
  res.json(await patients.save(patient));
});
app.put('/shown/:id', async (req, res) => {
  const patient = await patients.findOneByOrFail({ id: req.params.id, doctor: req.user.id });
  const shown = {};
  Object.assign(shown, req.body);
  res.json({ ...patient, ...shown });
});
