import { type AmpRoute, ampRoute } from './amp-route.ts';
import { okAnswer, refuse } from './envelope.ts';
import { type Linking, linkTo } from './links.ts';
import { PAGE, pageAnswer } from './paging.ts';
import type { Indicator, World } from './world.ts';

export const indicatorRoutes = (world: World): AmpRoute[] => [
  ampRoute(world, 'GET', '/indicators', { query: [...PAGE] }, (call) =>
    pageAnswer(call, world.settings, [...call.business.indicators.values()], (indicator) =>
      indicatorRow(call, indicator),
    ),
  ),
  ampRoute(world, 'GET', '/indicators/:guid', {}, (call) => {
    const indicator = call.business.indicators.get(call.params['guid'] ?? '');
    if (indicator === undefined) return refuse(call, 404, 'Indicator not found');
    return okAnswer(call, indicatorRow(call, indicator));
  }),
];

const indicatorRow = (head: Linking, indicator: Indicator): object => ({
  ...indicator,
  links: { indicator: linkTo(head, `/v1/indicators/${indicator.guid}`) },
});
