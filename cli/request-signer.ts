/**
 * Signs requests for API Gateway with AWS Signature Version 4, as its IAM authorizer demands.
 * Credentials come from the SDK's default chain: environment, SSO, profile, container, instance.
 */
import type { Clock } from '../shared/kernel/clock.ts';
import type { RequestSigner } from './api-client.ts';
import { NoCredentialsError } from './api-error.ts';
import { describeFailure } from './describe-failure.ts';
import { Sha256 } from './sha256.ts';
import { UsageError } from './usage-error.ts';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface RequestSignerOptions {
  readonly region: string;
  readonly clock: Clock;
  /** Default: the SDK's default chain. */
  readonly credentials?: () => Promise<AwsCredentials>;
}

/** API Gateway developer guide: `API-ID.execute-api.REGION.amazonaws.com`, in China with `.cn`. */
const gatewayHost = /^[a-z0-9-]+\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/;

export const isGatewayUrl = (url: URL): boolean => gatewayHost.test(url.hostname);

/** The region in the host's name; behind a domain of one's own, that of the environment. */
export function regionOf(url: URL, env: Readonly<Record<string, string | undefined>>): string {
  const region =
    gatewayHost.exec(url.hostname)?.[1] || env['AWS_REGION'] || env['AWS_DEFAULT_REGION'];
  if (region) return region;
  throw new UsageError(`--aws needs a region for ${url.hostname}: set AWS_REGION`);
}

/** The libraries are loaded with the first request: most commands never sign. */
export function createRequestSigner(options: RequestSignerOptions): RequestSigner {
  const { region, clock } = options;
  return async (request) => {
    const { SignatureV4 } = await import('@smithy/signature-v4');
    const signer = new SignatureV4({
      service: 'execute-api',
      region,
      credentials: await findCredentials(options),
      sha256: Sha256,
    });
    const url = new URL(request.url);
    const body = await request.clone().text();
    const { headers } = await signer.sign(
      {
        method: request.method,
        protocol: url.protocol,
        hostname: url.hostname,
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: { host: url.host },
        ...(body === '' ? {} : { body }),
      },
      { signingDate: new Date(clock.nowMs()) },
    );
    const { host: _setByFetch, ...added } = headers;
    return new Request(request, { headers: { ...Object.fromEntries(request.headers), ...added } });
  };
}

async function findCredentials({ credentials }: RequestSignerOptions) {
  try {
    if (credentials) return await credentials();
    const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
    return await defaultProvider()();
  } catch (error) {
    const reason = describeFailure(error);
    throw new NoCredentialsError(`no AWS credentials to sign the request with: ${reason}`, {
      cause: error,
    });
  }
}
