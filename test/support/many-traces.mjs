// A store with very many traces, for tests and measurements of lists: the rows of real requests, copied.
import { readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";

/**
 * Copies of the rows in the file, `rows` in all, each a second older than the one after it:
 * their records are those of the real ones. The next number of the folder is the one behind them.
 */
export function multiplyTraces(path, rows) {
  const database = new DatabaseSync(path);
  const { count, low } = database.prepare("select count(*) count, min(id) low from trace").get();
  const columns = database
    .prepare("select name from pragma_table_info('trace') where name not in ('id','name','started','took')")
    .all()
    .map(({ name }) => name);
  database.exec(
    `begin;
     create temp table few as select * from trace;
     delete from trace;
     insert into trace(id, name, started, took, ${columns})
       with n(n) as (select 1 union all select n + 1 from n where n < ${rows})
       select n, substr(few.name, 1, 9) || printf('%06x-%d', n / 5000, n), few.started - (${rows} - n) * 1000.0,
         few.took + n % 97, ${columns.map((name) => `few.${name}`)}
       from n join few on few.id = ${low} + n % ${count};
     update segment set first=1, last=${rows};
     update sqlite_sequence set seq=${rows} where name='trace';
     commit;`,
  );
  database.close();
  const numbers = path.replace(/\.db$/, ".numbers");
  for (const next of readdirSync(numbers)) renameSync(join(numbers, next), join(numbers, String(rows + 1)));
}
