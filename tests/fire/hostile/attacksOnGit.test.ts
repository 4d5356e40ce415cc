import { ATTACKS } from './attack.js';
import { describeAttacks } from './describeAttacks.js';

describeAttacks(ATTACKS.filter(({ id }) => id < 'A35'));
