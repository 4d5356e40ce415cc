import { SCENES, type SceneName } from '../../support/scenes.js';
import { sweep } from './sweep.js';

// With those of the road there are 500 of them; two files, so that two workers share them.
sweep((Object.keys(SCENES) as SceneName[]).filter((name) => SCENES[name].command[0] === 'deliver'), 150);
