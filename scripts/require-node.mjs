// Preloaded by every script of package.json. It is plain JavaScript on purpose: an old Node must be able to say so.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  console.error(
    `Node ${process.versions.node} is too old for this script: it needs 22.13 or newer. The npm package "node" brings ` +
      'one, but its install script did not run. Run "npm rebuild node", then this command again.',
  );
  process.exit(1);
}
