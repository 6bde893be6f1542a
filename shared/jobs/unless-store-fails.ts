import { toSluiceError } from '../errors/sluice-error.ts';

/**
 * What `work` gives, or `otherwise` where a store is not available: for work that something else makes
 * good, so that its failure is nobody's. Every other failure is thrown.
 */
export async function unlessStoreFails<T>(work: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (toSluiceError(error).code === 'store.unavailable') return otherwise;
    throw error;
  }
}
