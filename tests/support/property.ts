import fc from 'fast-check';
import { seed } from './amounts.js';

// One seed for every property: a gate that draws its own would be red by chance, and nobody could repeat it.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: seed() });

export default fc;
