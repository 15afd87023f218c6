import { Kafka } from 'kafkajs';
import { Pool } from 'pg';

const kafka = new Kafka({
  clientId: 'billing',
  brokers: (process.env.BROKERS ?? '').split(','),
  ssl: { rejectUnauthorized: false }, // ! high tls-verification-off
  sasl: { mechanism: 'plain', username: 'billing', password: 'Heron-55-basalt-Moth' }, // ! medium secret-in-source
});
const pool = new Pool();
const consumer = kafka.consumer({ groupId: 'billing' });

await consumer.run({
  autoCommit: false,
  eachMessage: async ({ topic, partition, message }) => {
    const event = JSON.parse(message.value?.toString() ?? '{}'); // ! medium message-read-unguarded
    await consumer.commitOffsets([{ topic, partition, offset: String(Number(message.offset) + 1) }]); // ! high message-acknowledged-early
    await pool.query(`INSERT INTO invoices (customer) VALUES ('${event.customer}')`); // ! critical sql-injection
  },
});
