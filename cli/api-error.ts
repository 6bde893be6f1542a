import { isJsonObject, type Json, type JsonObject } from '../shared/kernel/json.ts';

interface FieldText {
  readonly field: string;
  readonly problem: string;
}

/** The API answered with an error: a problem document (RFC 9457), or any other body. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  /** As it was answered; empty where it was no JSON object. */
  readonly problem: JsonObject;

  constructor(status: number, body: Json | undefined, fallback: string) {
    const problem = isJsonObject(body) ? body : {};
    super(text(problem['title']) ?? text(problem['message']) ?? fallback);
    this.status = status;
    this.problem = problem;
  }

  find(name: 'code' | 'detail' | 'requestId' | 'jobId'): string | undefined {
    return text(this.problem[name]);
  }

  get fields(): readonly FieldText[] {
    const fields = this.problem['fields'];
    if (!Array.isArray(fields)) return [];
    return fields.filter(isJsonObject).map(({ field, problem }) => ({
      field: text(field) ?? '',
      problem: text(problem) ?? '',
    }));
  }
}

/** No answer came: no connection, no name, too late, or cut off. */
export class UnreachableError extends Error {
  override readonly name: string = 'UnreachableError';
}

/** The API was not even asked: there is nothing to sign the request with. */
export class NoCredentialsError extends UnreachableError {
  override readonly name = 'NoCredentialsError';
}

const text = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;
