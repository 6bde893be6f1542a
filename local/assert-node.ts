const NODE_MAJOR = 24;

/** Throws on a Node that cannot run the project, with what to do about it. */
export function assertNode(version = process.versions.node): void {
  if (Number(version.split('.')[0]) >= NODE_MAJOR) return;
  throw new Error(
    `Sluice needs Node ${NODE_MAJOR}, found ${version}. Run "npm ci" and start it through npm: npm puts the project's own Node first.`,
  );
}
