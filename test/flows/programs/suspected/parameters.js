// --- a path, an address, a page, a template and a query of parameters
const fs = require('fs');
const path = require('path');
const needle = require('needle');
const pug = require('pug');
const sequelize = require('./db').sequelize;
exports.read = (name) => fs.readFileSync(path.join('/data', name)); // ! low? path-traversal
exports.ask = function (address, cb) {
  needle.get(address, cb); // ! medium? server-side-request-forgery
};
exports.draw = (template, data) => pug.compile(template)(data); // ! medium? template-injection
exports.search = (word) => sequelize.query('SELECT * FROM posts WHERE text LIKE ?', { replacements: [word] });
exports.page = (name, res) => {
  res.json({ name });
};

// --- what is unpacked, pasted into an expression, or rendered
const serialize = require('node-serialize');
const xpath = require('xpath');
const libxml = require('libxmljs');
const puppeteer = require('puppeteer');
exports.restore = (text) => serialize.unserialize(text); // ! medium? unsafe-deserialization
exports.find = (name, doc) => xpath.select("//user[name='" + name + "']", doc); // ! medium? xpath-injection
exports.parse = (text) => libxml.parseXml(text, { noent: true }); // ! medium? external-entity
exports.picture = async (html) => {
  const browser = await puppeteer.launch();
  const page = await browser.newPage();
  await page.setContent(html); // ! medium? rendered-html
  return page.screenshot();
};

// --- a caller is known, and says what comes there
const fs = require('fs');
function read(name) {
  return fs.readFileSync('/data/' + name);
}
exports.rules = () => read('rules.json');
exports.words = () => read('words.json');

// --- a request comes there: that is no suspicion
const fs = require('fs');
function read(name) {
  return fs.readFileSync('/data/' + name);
}
module.exports = (app) => app.get('/:name', (req, res) => res.json(read(req.query.name)));

// --- it was checked, or is no text
const fs = require('fs');
const path = require('path');
exports.read = (name) => fs.readFileSync(path.join('/data', path.basename(name)));
exports.page = (number) => fs.readFileSync(`/data/${Number(number)}.json`);
exports.known = (name) => {
  if (!['a', 'b'].includes(name)) throw new Error(name);
  return fs.readFileSync(path.join('/data', name));
};

// --- who calls it stands there: a list of constants; of any other list it is not known
['en', 'fr', 'de'].forEach((language) => {
  const words = require(`./words/${language}.json`);
  check(words);
});
exports.load = (languages) =>
  languages.forEach((language) => {
    check(require(`./words/${language}.js`)); // ! low? module-choice
  });

// --- a worker of a browser asks for what the page asks for
self.addEventListener('install', () => self.skipWaiting());
const answer = async (request) => fetch(request);
