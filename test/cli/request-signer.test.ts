import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createRequestSigner, isGatewayUrl, regionOf } from '../../cli/request-signer.ts';
import { createManualClock } from '../shared/http/manual-clock.ts';
import { NOW_MS } from './test-io.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'key', sessionToken: 'token' };
const scope = '20260301/eu-west-1/execute-api/aws4_request';
const signedHeaders = 'host;x-amz-content-sha256;x-amz-date;x-amz-security-token';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) =>
  createHmac('sha256', key).update(text).digest();

/** The signature by the steps of the IAM user guide: "Create a signed AWS API request". */
function expectedSignature(canonicalRequest: string): string {
  const text = `AWS4-HMAC-SHA256\n20260301T020100Z\n${scope}\n${sha256(canonicalRequest)}`;
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  return hmac(key, text).toString('hex');
}

const sign = createRequestSigner({
  region: 'eu-west-1',
  clock: createManualClock(NOW_MS),
  credentials: async () => credentials,
});
const host = 'abc123.execute-api.eu-west-1.amazonaws.com';

describe('a signed request', () => {
  it.each([
    ['GET', '/jobs?limit=5&cursor=1%23job_1', '/jobs\ncursor=1%23job_1&limit=5', ''],
    ['POST', '/budgets/automox/acme/servers.batch/pause', undefined, ''],
    ['POST', '/jobs', undefined, '{"type":"a.b"}'],
  ])('carries the signature of %s %s', async (method, path, canonical, body) => {
    const request = new Request(`https://${host}${path}`, { method, ...(body && { body }) });
    const signed = await sign(request);
    const canonicalRequest = [
      method,
      canonical ?? `${path}\n`,
      `host:${host}`,
      `x-amz-content-sha256:${sha256(body)}`,
      'x-amz-date:20260301T020100Z',
      'x-amz-security-token:token',
      '',
      signedHeaders,
      sha256(body),
    ].join('\n');
    expect(signed.headers.get('authorization')).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope}, SignedHeaders=${signedHeaders}, ` +
        `Signature=${expectedSignature(canonicalRequest)}`,
    );
    expect(signed.headers.get('x-amz-security-token')).toBe('token');
    expect(await signed.text()).toBe(body);
  });

  it('is not sent without credentials, and says why', async () => {
    const broken = createRequestSigner({
      region: 'eu-west-1',
      clock: createManualClock(NOW_MS),
      credentials: () => Promise.reject(new Error('the SSO session has expired')),
    });
    await expect(broken(new Request(`https://${host}/jobs`))).rejects.toThrow(
      'no AWS credentials to sign the request with: the SSO session has expired',
    );
  });
});

describe('a URL of API Gateway', () => {
  it.each([
    [`https://${host}/`, true],
    ['https://abc.execute-api.cn-north-1.amazonaws.com.cn/', true],
    ['http://127.0.0.1:4570/', false],
    [`https://${host}.evil.test/`, false],
  ])('is recognized: %s %s', (url, expected) => {
    expect(isGatewayUrl(new URL(url))).toBe(expected);
  });

  it('names its region; another host takes that of the environment', () => {
    const own = new URL('https://sluice.example.com');
    expect(regionOf(new URL(`https://${host}`), { AWS_REGION: 'us-east-1' })).toBe('eu-west-1');
    expect(regionOf(own, { AWS_REGION: 'us-east-1' })).toBe('us-east-1');
    expect(regionOf(own, { AWS_DEFAULT_REGION: 'us-east-2' })).toBe('us-east-2');
    expect(() => regionOf(own, {})).toThrow('--aws needs a region for sluice.example.com');
  });
});
