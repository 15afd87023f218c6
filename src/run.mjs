// Starts a TypeScript entry point by type stripping. Plain JavaScript on purpose: it must run on any Node to be able to say
// that this Node is too old. Usage: node src/run.mjs [ENTRY [ARG…]], ENTRY relative to src/; without one it only checks.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `backend-dev needs Node 22.18 or newer; this is ${process.version}.\n` +
      'The project brings Node 24 as a development dependency: run `npm ci` with install scripts allowed\n' +
      '(no --ignore-scripts) and start it through npm (`npm run demo`, `npm start`, `npm test`).\n',
  );
  process.exit(2);
}
const [entry, ...rest] = process.argv.slice(2);
if (entry !== undefined) {
  const target = new URL(entry, import.meta.url);
  process.argv = [process.argv[0], target.pathname, ...rest];
  await import(target.href);
}
