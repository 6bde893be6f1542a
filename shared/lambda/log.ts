import { Logger } from '@aws-lambda-powertools/logger';

/** Structured logging as the functions use it: a sentence, and facts beside it. Never a whole event. */
export interface Log {
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  error(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

export function createLog(functionName: string): Log & { readonly logger: Logger } {
  const logger = new Logger({ serviceName: `sluice-${functionName}` });
  return {
    logger,
    info: (message, facts = {}) => logger.info(message, { ...facts }),
    warn: (message, facts = {}) => logger.warn(message, { ...facts }),
    error: (message, facts = {}) => logger.error(message, { ...facts }),
  };
}
