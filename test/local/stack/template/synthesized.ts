import type { SluiceConfig } from '../../../../shared/config/sluice-config.ts';
import { render } from '../../../infra/rendered.ts';

/** The template that is deployed for a config, but for tags and where the code is. */
export const synthesize = (config: SluiceConfig): unknown => render(config).template.toJSON();
