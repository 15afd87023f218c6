import { DataSource, type DataSourceOptions } from 'typeorm';

export const options: DataSourceOptions = {
  type: 'postgres',
  url: process.env.DATABASE_URL,
  entities: [`${__dirname}/**/*.entity.js`],
  migrations: [`${__dirname}/migrations/*.js`],
  extra: { max: 15, statement_timeout: 10_000 },
};

export default new DataSource(options);
