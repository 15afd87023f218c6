// --- templates of the request
import ejs from 'ejs';
import pug from 'pug';
import Handlebars from 'handlebars';
import nunjucks from 'nunjucks';
import _ from 'lodash';
import express from 'express';
const app = express();
app.post('/a', (req, res) => res.json(ejs.render(req.body.template, { user: 'x' }))); // ! critical template-injection
app.post('/b', (req, res) => res.json(pug.render('p Hello ' + req.body.name))); // ! critical template-injection
app.post('/c', (req, res) => {
  const template = Handlebars.compile(`<p>${req.body.greeting} {{name}}</p>`); // ! critical template-injection
  res.json(template({ name: 'x' }));
});
app.post('/d', (req, res) => res.json(nunjucks.renderString(req.body.text, {}))); // ! critical template-injection
app.post('/e', (req, res) => res.json(_.template(req.body.text)({}))); // ! critical template-injection

// --- values given to constant templates
import ejs from 'ejs';
import pug from 'pug';
import Handlebars from 'handlebars';
import nunjucks from 'nunjucks';
import _ from 'lodash';
import express from 'express';
const app = express();
const GREETING = Handlebars.compile('<p>{{greeting}}</p>');
app.post('/a', (req, res) => res.json(ejs.render('<p><%= name %></p>', { name: req.body.name })));
app.post('/b', (req, res) => res.json(pug.render('p= name', { name: req.body.name })));
app.post('/c', (req, res) => res.json(GREETING({ greeting: req.body.greeting })));
app.post('/d', (req, res) => res.json(nunjucks.renderString('{{ text }}', { text: req.body.text })));
app.post('/e', (req, res) => res.json(_.template('<%- text %>')({ text: req.body.text })));
app.post('/f', (req, res) => res.render('index', { text: req.body.text }));

// --- a template from the list
import ejs from 'ejs';
import Koa from 'koa';
const TEMPLATES = { welcome: 'Hello <%= name %>', bye: 'Bye <%= name %>' };
const app = new Koa();
app.use(async (ctx, next) => {
  const template = TEMPLATES[ctx.query.kind] ?? TEMPLATES.welcome;
  ctx.body = { text: ejs.render(template, { name: ctx.query.name }) };
  await next();
});

// --- a preview in a service
// file: mail.controller.ts
import { Body, Controller, Post } from '@nestjs/common';
import { MailService } from './mail.service';
@Controller('mail')
export class MailController {
  constructor(private mail: MailService) {}
  @Post('preview')
  preview(@Body() dto: PreviewDto) {
    return this.mail.render(dto.template, dto.values);
  }
}
export class PreviewDto {
  template: string;
  values: Record<string, string>;
}
// file: mail.service.ts
import * as Handlebars from 'handlebars';
export class MailService {
  render(source: string, values: Record<string, string>) {
    return Handlebars.compile(source)(values); // ! critical template-injection
  }
}
