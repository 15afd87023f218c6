// --- a value of the request that a view writes as it is
// file: app.js
const express = require('express');
const app = express();
app.get('/hello', (req, res) => {
  res.render('hello', { name: req.query.name, title: 'Hello' }); // ! high reflected-html
});
app.get('/safe', (req, res) => {
  res.render('safe', { name: req.query.name });
});
// file: views/hello.ejs
<h1><%- title %></h1>
<p>Hello <%- name %></p>
// file: views/safe.ejs
<%- include('head') %>
<p>Hello <%= name %></p>

// --- of an object, and of the items of a list
// file: app.js
const router = require('express').Router();
router.get('/:id', function (req, res) {
  const user = { name: req.query.name, id: Number(req.params.id) };
  res.render('users/show.pug', { user: user }); // ! high reflected-html
});
router.get('/', function (req, res) {
  const tags = [].concat(req.query.tag).map((tag) => ({ tag }));
  res.render('users/list', { tags: tags, count: tags.length }); // ! high reflected-html
});
router.post('/', (req, res) => {
  res.render('users/edit', { user: { id: Number(req.body.id), name: req.body.name } });
});
module.exports = router;
// file: views/users/show.pug
h1 User
  p!= user.name
// file: views/users/list.ejs
<% tags.forEach(function (one) { %>
  <li><%- one.tag %></li>
<% }) %>
<%- count %>
// file: views/users/edit.hbs
{{{user.id}}} {{user.name}} {{> footer}} {{{body}}}

// --- Handlebars, and a template of Nunjucks
// file: app.js
const Koa = require('koa');
const app = new Koa();
app.use(async (ctx) => {
  await ctx.render('page', { note: ctx.query.note }); // ! high reflected-html
});
app.use(async (ctx) => {
  await ctx.render('list', { notes: [{ text: ctx.query.note }] }); // ! high reflected-html
});
app.use(async (ctx) => {
  await ctx.render('plain', { note: ctx.query.note });
});
// file: views/page.njk
<p>{{ note | trim | safe }}</p>
// file: views/list.hbs
{{#each notes}}<p>{{{text}}}</p>{{/each}}
// file: views/plain.njk
{# {{ note | safe }} #}<p>{{ note | upper }}</p>{{ note | escape | safe }}{% autoescape true %}{{ note }}{% endautoescape %}

// --- where HTML's escapes do not help
// file: app.js
const app = require('express')();
app.get('/a', (req, res) => res.render('script', { page: req.query.page })); // ! high reflected-html
app.get('/b', (req, res) => res.render('handler', { page: req.query.page })); // ! high reflected-html
app.get('/c', (req, res) => res.render('attribute', { page: req.query.page })); // ! high reflected-html
app.get('/d', (req, res) => res.render('quoted', { page: req.query.page }));
app.get('/e', (req, res) => res.render('script', { page: Number(req.query.page) }));
app.get('/f', (req, res) => res.render('state', { state: { page: req.query.page } })); // ! high reflected-html
// file: views/script.ejs
<script>
  var page = <%= page %>;
</script>
// file: views/handler.ejs
<button onclick="go('<%= page %>')">Go</button>
// file: views/attribute.hbs
<input name="page" value={{page}}>
// file: views/quoted.ejs
<script>var page = '<%= page %>';</script><script type="application/json"><%= page %></script>
<input value="<%= page %>"> <a href="/x?page=<%= page %>">x</a>
// file: views/state.ejs
<script>window.state = <%- JSON.stringify(state) %></script>

// --- right: cleaned before, of our own, or not what the view writes
// file: app.js
const sanitizeHtml = require('sanitize-html');
const app = require('express')();
app.get('/a', (req, res) => res.render('note', { note: sanitizeHtml(req.query.note), other: req.query.other }));
app.get('/b', (req, res) => res.render('note', { note: req.__('hello') }));
app.get('/c', (req, res) => res.render('gone', { note: req.query.note }));
// file: views/note.ejs
<%- note %> <%= other %> <%- csrfField() %> <%- escapeHtml(other) %>
