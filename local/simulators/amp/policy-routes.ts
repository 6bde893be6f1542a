import { type AmpRoute, ampRoute } from './amp-route.ts';
import { okAnswer, refuse } from './envelope.ts';
import { policyDetail, policyRow } from './group-row.ts';
import { PAGE, pageAnswer } from './paging.ts';
import { isAmong, listOf } from './query.ts';
import type { World } from './world.ts';

const FILTERS = ['product', 'product[]', 'name', 'name[]'];
const PRODUCTS = ['windows', 'mac', 'linux', 'android', 'ios', 'network'];

export const policyRoutes = (world: World): AmpRoute[] => [
  ampRoute(world, 'GET', '/policies', { query: [...PAGE, ...FILTERS] }, (call) => {
    const products = listOf(call, 'product');
    const names = listOf(call, 'name');
    if (products?.some((product) => !PRODUCTS.includes(product))) {
      refuse(call, 400, `product must be one of ${PRODUCTS.join(', ')}`);
    }
    const found = [...call.business.policies.values()].filter(
      ({ product, name }) => isAmong(products, product) && isAmong(names, name),
    );
    return pageAnswer(call, world.settings, found, (policy) => policyRow(call, policy));
  }),
  ampRoute(world, 'GET', '/policies/:guid', {}, (call) => {
    const policy = call.business.policies.get(call.params['guid'] ?? '');
    if (policy === undefined) return refuse(call, 404, 'Policy not found');
    return okAnswer(call, policyDetail(call, policy));
  }),
];
