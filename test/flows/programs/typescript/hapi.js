// --- handlers of Hapi
const Hapi = require('@hapi/hapi');
const axios = require('axios');
const fs = require('fs');
const { exec } = require('child_process');
const server = Hapi.server({ port: 3000 });
server.route({ method: 'GET', path: '/a', handler: async (request, h) => {
  await axios.get(request.query.url); // ! high server-side-request-forgery
  return h.response('<p>' + request.query.name + '</p>'); // ! high reflected-html
} });
server.route({ method: 'POST', path: '/b', handler: (req, h) => {
  exec('convert ' + req.payload.file); // ! critical command-injection
  return h.redirect(req.query.next); // ! medium open-redirect
} });
server.route([
  { method: 'GET', path: '/c/{file}', options: { handler: (request, h) => h.file('docs/' + request.params.file, { confine: false }) } },
  { method: 'GET', path: '/d/{file}', handler: (request, h) => {
    return fs.readFileSync('docs/' + request.params.file); // ! high path-traversal
  } },
]);

// --- right handlers of Hapi
const Hapi = require('@hapi/hapi');
const server = Hapi.server({ port: 3000 });
server.route({ method: 'GET', path: '/a', handler: (request, h) => h.response({ name: request.query.name }).code(201) });
server.route({ method: 'GET', path: '/b', handler: (request, h) => h.file('docs/index.html') });
server.route({ method: 'GET', path: '/c', handler: (request, h) => h.redirect('/login?next=' + encodeURIComponent(request.query.next)) });
