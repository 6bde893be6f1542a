/**
 * Refuses every connection of this process but those to declared hosts. Loaded before the function.
 *
 * Covers what Node itself connects with: `net`, `tls`, `http`, `https`, `fetch`, and UDP. It does not
 * cover name look-ups that a function makes of its own accord; addons, workers and child processes,
 * which could go round it, are refused by Node's permission model (see `bundled-environment.ts`).
 */
import dgram from 'node:dgram';
import net from 'node:net';

/** `hosts` are written as `127.0.0.1:4571`. */
export function allowOnly(hosts: ReadonlySet<string>): void {
  const connect = net.Socket.prototype.connect;
  function guarded(this: net.Socket, ...args: unknown[]): net.Socket {
    const target = targetOf(args);
    if (hosts.has(target)) return Reflect.apply(connect, this, args);
    process.nextTick(() => this.destroy(refusal(target)));
    return this;
  }
  Object.defineProperty(net.Socket.prototype, 'connect', { value: guarded });
  const refuseDatagrams = (): never => {
    throw refusal('UDP');
  };
  for (const name of ['bind', 'connect', 'send']) {
    Object.defineProperty(dgram.Socket.prototype, name, { value: refuseDatagrams });
  }
}

const refusal = (target: string): Error =>
  Object.assign(new Error(`the function may not connect to ${target}: it is not declared`), {
    code: 'EACCES',
  });

/** Node calls with `([options, callback])` within, and users with options, or port and host. */
function targetOf(args: readonly unknown[]): string {
  const [first, second]: readonly unknown[] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first !== 'object' || first === null) {
    return `${typeof second === 'string' ? second : 'localhost'}:${first}`;
  }
  const { host = 'localhost', port, path } = first as Record<string, unknown>;
  return typeof path === 'string' ? path : `${host}:${port}`;
}
