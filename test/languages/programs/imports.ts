import * as db from 'database';
import { find as look, save } from 'store';

look(db.name, save);
