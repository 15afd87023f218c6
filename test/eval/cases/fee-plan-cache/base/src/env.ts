function need(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export const env = {
  port: Number(process.env.PORT ?? 3000),
  databaseUrl: need('DATABASE_URL'),
  redisUrl: need('REDIS_URL'),
  providerSecret: need('PROVIDER_SECRET'),
};
