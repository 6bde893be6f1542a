#!/usr/bin/env node
/** Entry of the command line tool: checks Node, then runs one command on the process's streams. */
const NODE_MAJOR_MIN = 24;

const major = Number(process.versions.node.split('.')[0]);
if (major < NODE_MAJOR_MIN) {
  process.stderr.write(
    `sluice needs Node ${NODE_MAJOR_MIN}, found ${process.version}. Run "npm ci" in the project, ` +
      'then "npx sluice": npm puts the project\'s own Node first.\n',
  );
  process.exit(2);
}

// Only now: what these import may not even load in an older Node.
const { createProcessIo } = await import('./process-io.ts');
const { runCli } = await import('./run-cli.ts');

const exitCode = await runCli(process.argv.slice(2), createProcessIo());
// Sockets and timers that an interrupted command leaves behind would keep the process alive.
if (exitCode === 130) process.exit(exitCode);
process.exitCode = exitCode;
