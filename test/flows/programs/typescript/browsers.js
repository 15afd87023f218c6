// --- pages that are rendered on the server
const puppeteer = require('puppeteer');
const { chromium } = require('playwright');
const phantom = require('phantom');
const pdf = require('html-pdf');
const wkhtmltopdf = require('wkhtmltopdf');
const wkhtmltoimage = require('wkhtmltoimage');
const { JSDOM } = require('jsdom');
const express = require('express');
const app = express();
app.post('/shot', async (req, res) => {
  const browser = await puppeteer.launch();
  const page = await browser.newPage();
  await page.goto(req.body.url, { waitUntil: 'load' }); // ! medium server-side-request-forgery
  await page.setContent(req.body.html); // ! high rendered-html
  await page.evaluate(req.body.script); // ! critical code-injection
  await page.addScriptTag({ content: req.body.script }); // ! critical code-injection
  res.end(await page.screenshot());
});
app.post('/invoice', async (req, res) => {
  const browser = await chromium.launch();
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.setContent(`<h1>${req.body.title}</h1>`); // ! high rendered-html
  res.end(await page.pdf());
});
app.post('/old', (req, res) => {
  phantom
    .create()
    .then((ph) => ph.createPage())
    .then((page) => page.open(req.body.url)); // ! medium server-side-request-forgery
});
app.post('/pdf', (req, res) => {
  const html = '<h1>' + req.body.title + '</h1>'; // ! high rendered-html
  pdf.create(html, { format: 'A4' }).toStream((err, stream) => stream.pipe(res));
});
app.post('/kit', (req, res) => {
  wkhtmltopdf(req.body.address, { output: 'o.pdf' }); // ! medium server-side-request-forgery, high rendered-html
  wkhtmltoimage.generate(req.body.html, { output: 'o.png' }); // ! high rendered-html
});
app.post('/dom', (req, res) => {
  const dom = new JSDOM(req.body.html, { runScripts: 'dangerously' }); // ! critical code-injection
  res.json(dom.window.document.title);
});
class Shots {
  async start() {
    this.browser = await puppeteer.launch({ headless: true });
  }
  async take(url) {
    const page = await this.browser.newPage();
    await page.goto(url); // ! high server-side-request-forgery
    return page.screenshot();
  }
}
const shots = new Shots();
app.get('/take', async (req, res) => res.end(await shots.take(req.query.url)));

// --- pages of our own
const puppeteer = require('puppeteer');
const escapeHtml = require('escape-html');
const { JSDOM } = require('jsdom');
const pdf = require('html-pdf');
const express = require('express');
const app = express();
const PAGES = { terms: 'https://example.org/terms', help: 'https://example.org/help' };
app.post('/shot', async (req, res) => {
  const browser = await puppeteer.launch();
  const page = await browser.newPage();
  await page.goto(PAGES[req.query.page]);
  await page.goto(`https://example.org/users/${req.query.user}`);
  await page.setContent(`<h1>${escapeHtml(req.body.title)}</h1>`);
  await page.setContent(`<h1>${Number(req.body.total)}</h1>`);
  await page.evaluate((name) => document.querySelector('h1').append(name), req.body.name);
  await page.waitForSelector('h1');
  const dom = new JSDOM(req.body.html);
  pdf.create('<h1>' + escapeHtml(req.body.title) + '</h1>').toFile('x.pdf', () => res.json(dom.window.document.title));
});
