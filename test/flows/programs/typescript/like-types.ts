// --- two types of one file, given to the same function
import express from 'express';
import { Pool } from 'pg';

const pool = new Pool();

class Numbers {
  read(value: unknown): unknown {
    return Number(value);
  }
}

class Texts {
  read(value: unknown): unknown {
    return value;
  }
}

type Reader = { read(value: unknown): unknown };

function column(reader: Reader, value: unknown): unknown {
  return reader.read(value);
}

export class Orders {
  constructor(
    private readonly numbers: Numbers,
    private readonly texts: Texts,
  ) {}

  routes(app: express.Express): void {
    app.get('/a', async (req, res) => {
      res.json(await pool.query(`select id from orders order by ${column(this.numbers, req.query.sort)}`));
    });
    app.get('/b', async (req, res) => {
      res.json(await pool.query(`select id from orders order by ${column(this.texts, req.query.sort)}`)); // ! critical sql-injection
    });
  }
}

export class Others {
  constructor(
    private readonly texts: Texts,
    private readonly numbers: Numbers,
  ) {}

  routes(app: express.Express): void {
    app.get('/c', async (req, res) => {
      res.json(await pool.query(`select id from orders order by ${column(this.texts, req.query.sort)}`)); // ! critical sql-injection
    });
    app.get('/d', async (req, res) => {
      res.json(await pool.query(`select id from orders order by ${column(this.numbers, req.query.sort)}`));
    });
  }
}

// --- one of two types says what may stand in a field, the other one takes any text
import express from 'express';
import { Pool } from 'pg';

const pool = new Pool();

interface Narrow {
  kind: 'narrow';
  sort: 'id' | 'total';
}

interface Wide {
  kind: 'wide';
  sort: string;
}

function clause(query: Narrow | Wide): string {
  return `select id from orders order by ${query.sort}`; // ! critical sql-injection
}

function clauseOf(query: Narrow | { sort: 'total' }): string {
  return `select id from orders order by ${query.sort}`;
}

const app = express();
app.get('/a', async (req, res) => {
  res.json(await pool.query(clause(req.body)));
});
app.get('/b', async (req, res) => {
  res.json(await pool.query(clauseOf(req.body)));
});
