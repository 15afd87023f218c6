import { expect, it } from 'vitest';
import { isSaidBefore } from '../../src/surroundings/is-said-before.ts';

it.each([
  ['apis/base.go', 'pbRouter.Bind(rateLimit())\npbRouter.Bind(BodyLimit(DefaultMaxBodySize))\n', true],
  ['apis/limit.go', 'Func: func(e *Event) error {\n\te.Body = BodyLimit(e.Body)\n\treturn e.Next()\n}\n', true],
  ['apis/base.go', 'e.Use(middleware.BodyLimit("2M"))\n', true],
  ['apis/upload.go', 'c.Bind(&form)\nform.File = BodyLimit(form.File)\n', false],
  ['apis/rows.go', 'for rows.Next() {\n\tBodyLimit(rows)\n}\n', false],
  ['apis/base_test.go', 'router.Bind(BodyLimit(1))\n', false],
  ['apis/base.go', 'router.Bind(rateLimit())\n', false],
])('%s says before all handlers: %j', async (path, text, isSaid) => {
  const said = await isSaidBefore(['BodyLimit'], async () => new Map([[path, text]]));
  expect(said.has('BodyLimit')).toBe(isSaid);
});
