/** Calls and names of what tests are written with, in TypeScript and JavaScript and in Python. */
const TESTS =
  /^\s*(?:(?:export|async|await|void|return) )*(?:describe|context|it|test|suite|specify|scenario|bench|beforeEach|afterEach|beforeAll|afterAll|before|after|Deno\.test|QUnit\.\w+|t\.test|tap\.\w+)(?:\.\w+)*\s*[(`]|^\s*(?:async )?def (?:test|it_|should_)\w*\(|^\s*class \w*(?:Test|Spec)\w*[(:]|\bTestCase\b|\bpytest\b|\bunittest\b|(?:from|require\(|import)\s*['"](?:vitest|@jest\/|jest|mocha|chai|sinon|nock|supertest|ava|tap|tape|uvu|node:test|node:assert|assert|k6|cypress|@playwright|playwright|@testing-library|@testcontainers|testcontainers|webdriverio|@wdio|puppeteer)\b/m;

/** Whether a text tests something. What is called a test by its name alone, and does not, is code like any other. */
export function showsTests(text: string): boolean {
  return TESTS.test(text);
}
