// --- what an error says is answered: thrown here, in a function that is called, by a class with a text of its own
import express from 'express';
const app = express();
class Bad extends Error {
  constructor(readonly thing: string, code: string) {
    super(`bad ${thing}`);
  }
}
function check(name: string): void {
  if (name.length > 10) throw new TypeError(`no such name: ${name}`);
}
async function load(name: string) {
  check(name);
  return name.length;
}
app.get('/a', (req, res) => {
  try {
    throw new Error(req.query.x as string);
  } catch (e) {
    res.send(e.message); // ! high reflected-html
  }
});
app.get('/b', async (req, res) => {
  try {
    await load(req.query.x as string);
  } catch (e) {
    res.status(400).send('<p>' + (e as Error).message + '</p>'); // ! high reflected-html
  }
});
app.get('/c', (req, res) => {
  try {
    check(req.params.x);
  } catch (e) {
    const said = e instanceof Error ? e.message : String(e);
    res.send(said); // ! high reflected-html
  }
});
app.get('/d', (req, res) => {
  try {
    throw new Bad(req.query.x as string, 'E1');
  } catch (e) {
    if (e instanceof Bad) res.send(e.message); // ! high reflected-html
  }
});

// --- JSON, a text of the program's own, another error, another part of the request, an escaped or plain value, another field
import express from 'express';
import escapeHtml from 'escape-html';
const app = express();
class Known extends Error {}
class Bad extends Error {
  constructor(readonly thing: string, code: string) {
    super('bad ' + code);
  }
}
function check(name: string): void {
  if (name.length > 10) throw new TypeError(`no such name: ${name}`);
}
function count(name: string): void {
  if (name.length > 10) throw new TypeError(`${name.length} characters are too many`);
}
app.get('/a', (req, res) => {
  try {
    check(req.query.x as string);
  } catch (e) {
    console.error(e.message);
    res.json({ error: e.message });
  }
});
app.get('/b', (req, res) => {
  try {
    check(req.query.x as string);
  } catch (e) {
    if (e instanceof Known) res.send(e.message);
    else res.send('it failed');
  }
});
app.get('/c', (req, res) => {
  try {
    check('fixed');
    count(req.query.x as string);
  } catch (e) {
    res.send(e.message);
  }
});
app.get('/d', (req, res) => {
  try {
    check(req.query.x as string);
  } catch (e) {
    res.send('<p>' + escapeHtml(e.message) + '</p>');
  }
});
app.get('/e', (req, res) => {
  try {
    throw new Bad(req.query.x as string, 'E1');
  } catch (e) {
    res.send(e.message + e.code);
  }
});
app.get('/f', (req, res) => {
  try {
    try {
      check(req.query.x as string);
    } catch {
      count('x');
    }
  } catch (e) {
    res.send(e.message);
  }
});
