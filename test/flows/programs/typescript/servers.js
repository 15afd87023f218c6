// --- servers without a framework
const http = require('http');
const url = require('url');
const fs = require('fs');
const vm = require('vm');
const { VM } = require('vm2');
const Handlebars = require('handlebars');
http.createServer(function (req, res) {
  var q = url.parse(req.url, true).query;
  res.write('<h1>' + q.name + '</h1>'); // ! high reflected-html
  res.end();
}).listen(8080);
const server = http.createServer();
server.on('request', (req, res) => {
  const name = url.parse(req.url).pathname;
  fs.createReadStream('/srv/files' + name).pipe(res); // ! high path-traversal
  const code = new URL(req.url, 'http://x').searchParams.get('code');
  new VM().run(code); // ! critical code-injection
  globalThis.eval(code); // ! critical code-injection
});
function render(req, res) {
  res.render('page', { bio: new Handlebars.SafeString('<b>' + req.query.bio + '</b>') }); // ! high reflected-html
}
function match(req, res) {
  if (res.locals.names.some((name) => name.match(req.query.q))) res.end(); // ! medium pattern-injection
}

// --- right servers without a framework
const http = require('http');
const url = require('url');
const Handlebars = require('handlebars');
http.createServer((req, res) => {
  const q = url.parse(req.url, true).query;
  res.write('{"name":' + JSON.stringify(q.name) + '}');
  res.end('Hello ' + q.name);
}).listen(8080);
function render(req, res) {
  res.render('page', { bio: new Handlebars.SafeString('<b>' + Handlebars.escapeExpression(req.query.bio) + '</b>') });
}
function match(req, res, table) {
  if (req.query.q.match(/^[a-z]+$/)) res.end();
  table.get(req.query.q);
}

// --- chunks of a loop, events of our own, functions that are handed on, answers in a chain, a spread body
const http = require('http');
const fs = require('fs');
const axios = require('axios');
const EventEmitter = require('events');
const { exec } = require('child_process');
const fastify = require('fastify')();
const bus = new EventEmitter();
bus.on('job', (job) => exec('convert ' + job.file)); // ! critical command-injection
http.createServer(async (req, res) => {
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  const data = JSON.parse(Buffer.concat(chunks).toString());
  bus.emit('job', data);
  exec('ping ' + data.host); // ! critical command-injection
});
fastify.post('/a', async (request, reply) => {
  const texts = await Promise.all(request.body.files.map(fs.promises.readFile)); // ! high path-traversal
  await axios({ timeout: 100, ...request.body }); // ! medium server-side-request-forgery
  reply.type('text/html').send('<p>' + request.query.name + '</p>'); // ! high reflected-html
  return texts;
});

// --- events for others, numbers that are handed on, a spread body under our own address
const axios = require('axios');
const EventEmitter = require('events');
const { exec } = require('child_process');
const express = require('express');
const app = express();
const io = require('socket.io')(3000);
const bus = new EventEmitter();
bus.on('clean', (folder) => exec('rm -r ' + folder));
bus.emit('clean', 'tmp');
app.post('/a', async (req, res) => {
  io.emit('clean', req.body.folder);
  bus.emit('other', req.body.folder);
  const ids = req.body.ids.map(Number);
  await axios({ ...req.body, url: 'https://example.org/', baseURL: 'https://example.org/' });
  res.type('text/plain').send('Hello ' + req.query.name);
  res.json(ids);
});

// --- arguments of a program in a shell
const { exec, execFile } = require('child_process');
const [, , name] = process.argv;
exec('ls ' + process.argv[2]); // ! low command-injection
exec(`ping ${name}`); // ! low command-injection

// --- arguments of a program beside a command, or as all of it
const fs = require('fs');
const { exec, execFile } = require('child_process');
execFile('ls', [process.argv[2]]);
exec(process.argv[2]);
fs.readFileSync(process.argv[2]);

// --- uploads
const express = require('express');
const fs = require('fs');
const net = require('net');
const { exec } = require('child_process');
const formidable = require('formidable');
const Busboy = require('busboy');
const app = express();
app.post('/a', (req, res) => {
  const file = req.files.upload;
  file.mv('./uploads/' + file.name, () => res.end()); // ! high path-traversal
});
app.post('/b', (req, res) => {
  const form = Busboy({ headers: req.headers });
  form.on('field', (name, value) => exec('convert ' + value)); // ! critical command-injection
  form.on('file', (name, file, given) => file.pipe(fs.createWriteStream('./uploads/' + name))); // ! high path-traversal
  req.pipe(form);
});
app.post('/c', (req, res) => {
  const form = new formidable.IncomingForm();
  form.parse(req, (err, fields, files) => {
    fs.rename(files.upload.path, './uploads/' + files.upload.name, () => res.end()); // ! high path-traversal
    const socket = new net.Socket();
    socket.connect(80, fields.host); // ! high server-side-request-forgery
  });
});
app.post('/d', async (req, res) => {
  const [fields] = await formidable({}).parse(req);
  res.json(fs.readFileSync('./uploads/' + fields.name[0])); // ! high path-traversal
});

// --- uploads under names of our own, or of which a part is kept
const express = require('express');
const fs = require('fs');
const path = require('path');
const { randomUUID } = require('crypto');
const formidable = require('formidable');
const app = express();
app.post('/a', (req, res) => {
  const file = req.files.upload;
  file.mv('./uploads/' + path.basename(file.name), () => res.end());
  file.mv(`./uploads/${randomUUID()}`, () => res.end());
});
app.post('/b', (req, res) => {
  req.busboy.on('file', (field, file, name) => file.pipe(fs.createWriteStream('./uploads/' + name)));
});
app.post('/c', (req, res) => {
  formidable({}).parse(req, (err, fields, files) => {
    fs.rename(files.upload.filepath, './uploads/' + files.upload.newFilename, () => res.json(fields));
    fs.readFile(files.upload.path, () => res.end());
  });
});

// --- resolvers that are given to a server of Apollo, with destructured arguments
import { ApolloServer } from '@apollo/server';
import { Pool } from 'pg';
const pool = new Pool();
const resolvers = {
  Query: {
    orders: async (_, { sort }) => {
      return await pool.query(`SELECT id FROM orders ORDER BY ${sort} LIMIT 20`); // ! critical sql-injection
    },
    order: async (_, { id }) => await pool.query('SELECT id FROM orders WHERE id = $1', [id]),
  },
};
export const server = new ApolloServer({ typeDefs, resolvers });

// --- resolvers of Yoga: what the parent object has comes from the service itself
import { createSchema } from 'graphql-yoga';
import { Pool } from 'pg';
const pool = new Pool();
export const schema = createSchema({
  typeDefs,
  resolvers: {
    Order: {
      items: async ({ table }, { first }) => await pool.query(`SELECT id FROM ${table} LIMIT $1`, [first]),
    },
  },
});
