import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  credentialProvidersOutsideLambda,
  dropUnusedSchemas,
  versionsOfPackages,
} from '../../infra/lean-sdk.ts';

const source = `
  import { GetObjectCommand, S3Client } from '${resolve('node_modules/@aws-sdk/client-s3')}';
  export const read = async (endpoint) => {
    const s3 = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true });
    const object = await s3.send(new GetObjectCommand({ Bucket: 'results', Key: 'job_1' }));
    return object.ContentType + ' ' + (await object.Body.transformToString());
  };
`;

let folder: string;
let server: Server;
let bundleFile: string;
const requests: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-lean-'));
  bundleFile = join(folder, 'bundle.mjs');
  await writeFile(join(folder, 'source.mjs'), source);
  await build({
    entryPoints: [join(folder, 'source.mjs')],
    outfile: bundleFile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    minify: true,
    external: credentialProvidersOutsideLambda,
    plugins: [dropUnusedSchemas, versionsOfPackages],
  });
  server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url?.split('?')[0]}`);
    response.setHeader('content-type', 'text/plain').end('found');
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

describe('a bundle with a lean SDK', () => {
  it('calls AWS with the credentials that Lambda puts into the environment', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    vi.stubEnv('AWS_PROFILE', undefined);
    const { port } = server.address() as AddressInfo;
    const module: { read: (endpoint: string) => Promise<string> } = await import(
      pathToFileURL(bundleFile).href
    );
    expect(await module.read(`http://127.0.0.1:${port}`)).toBe('text/plain found');
    expect(requests).toEqual(['GET /results/job_1']);
  });

  it('holds neither schemas of calls it does not make nor other ways to credentials', async () => {
    const code = await readFile(bundleFile, 'utf8');
    expect(code).toMatch(/"GetObject"/);
    expect(code).not.toMatch(/AnalyticsS3BucketDestination|AbortMultipartUpload/);
    expect(code).not.toMatch(/AssumeRoleWithWebIdentity|devDependencies/);
  });
});
