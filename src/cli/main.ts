#!/usr/bin/env node
// The version is checked first: an older Node could not even import the rest.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`backend-dev needs Node 22.18 or newer; this is ${process.version}.\n`);
  process.exitCode = 2;
} else {
  const { runProgram } = await import('./run-program.ts');
  process.exitCode = await runProgram(process.argv);
}
