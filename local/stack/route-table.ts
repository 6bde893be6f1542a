/** Routes as the function contracts declare them (`POST /jobs/{id}/cancel`), matched as API Gateway does. */
export type InvokeRoute = (event: unknown) => Promise<unknown>;

export type RouteTable = readonly { readonly route: string; readonly invoke: InvokeRoute }[];

export interface Matched {
  readonly route: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly invoke: InvokeRoute;
}

/** The first route whose every part matches; literal parts win as they are declared first. */
export function matchRoute(table: RouteTable, method: string, path: string): Matched | undefined {
  const parts = path.split('/').slice(1);
  for (const { route, invoke } of table) {
    const [routeMethod, routePath = ''] = route.split(' ');
    if (routeMethod !== method) continue;
    const parameters = matchParts(routePath.split('/').slice(1), parts);
    if (parameters) return { route, parameters, invoke };
  }
  return undefined;
}

function matchParts(
  pattern: readonly string[],
  parts: readonly string[],
): Readonly<Record<string, string>> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const part = parts[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(expected)?.[1];
    if (name === undefined && expected !== part) return undefined;
    if (name !== undefined) parameters[name] = decode(part);
  }
  return parameters;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
