import type { Plan, VendorName } from '../plan.ts';
import { ampFacts } from './amp.ts';
import { automoxFacts } from './automox.ts';
import { opsrampFacts } from './opsramp.ts';
import type { VendorFacts } from './vendor-facts.ts';

const allFacts: Readonly<Record<VendorName, VendorFacts>> = {
  automox: automoxFacts,
  opsramp: opsrampFacts,
  amp: ampFacts,
};

export const factsOf = (vendor: VendorName): VendorFacts => allFacts[vendor];
export const factsOfPlan = ({ vendor }: Plan): VendorFacts => factsOf(vendor.name);
