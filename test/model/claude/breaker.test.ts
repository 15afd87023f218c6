import { expect, it } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { createBreaker } from '../../../src/model/claude/breaker.ts';

const overloaded = new AppError('MODEL_OVERLOADED', 'no');

it('a try that was not sent, or that told nothing, does not use up the minute of the others', () => {
  let ms = 0;
  const breaker = createBreaker(() => ms);
  for (let time = 0; time < 3; time++) breaker.note('m', overloaded);
  expect(() => breaker.check('m')).toThrow('left alone');
  ms = 60_000;
  breaker.check('m');
  expect(() => breaker.check('m')).toThrow('left alone');
  breaker.release('m');
  breaker.check('m');
  breaker.note('m', null);
  breaker.check('m');
});

it('an end after a failure was noted shortens no pause', () => {
  let ms = 0;
  const breaker = createBreaker(() => ms);
  for (let time = 0; time < 3; time++) breaker.note('m', overloaded);
  breaker.release('m');
  expect(() => breaker.check('m')).toThrow('another 60 s');
  ms = 60_000;
  breaker.check('m');
  breaker.note('m', overloaded);
  breaker.release('m');
  expect(() => breaker.check('m')).toThrow('another 60 s');
  breaker.note('m', new AppError('MODEL_SPEND_LIMIT', 'no'));
  breaker.release('m');
  expect(() => breaker.check('other')).toThrow('spend limit');
});
