import { SCENES, type SceneName } from '../../support/scenes.js';
import { sweep } from './sweep.js';

// With the deliveries there are some 500 of them; two files, so that two workers share them. What init lays down is one
// call here: between its files it is struck by tests/fire/faults/calls.test.ts.
sweep((Object.keys(SCENES) as SceneName[]).filter((name) => SCENES[name].command[0] !== 'deliver'), 320);
