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
