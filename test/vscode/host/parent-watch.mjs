// Preloaded into VS Code's server: when the process that started it is killed outright, the server leaves as well.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, 1000).unref();
