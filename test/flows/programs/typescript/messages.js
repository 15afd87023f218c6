// --- messages of a broker
const amqp = require('amqplib');
const { Kafka } = require('kafkajs');
const { exec } = require('child_process');
async function start(db) {
  const connection = await amqp.connect(process.env.AMQP_URL);
  const channel = await connection.createChannel();
  await channel.consume('jobs', (message) => {
    const job = JSON.parse(message.content.toString());
    exec('convert ' + job.file); // ! critical command-injection
  });
  const consumer = new Kafka({}).consumer({ groupId: 'a' });
  await consumer.run({
    eachMessage: async ({ topic, partition, message }) => {
      const order = JSON.parse(message.value.toString());
      await db.query(`SELECT * FROM orders WHERE id = '${order.id}'`); // ! critical sql-injection
    },
  });
}
amqp.connect('amqp://x').then((c) => c.createChannel()).then((ch) => ch.consume('q', (msg) => {
  exec(msg.content.toString()); // ! critical command-injection
}));

// --- messages that are taken as values
const amqp = require('amqplib');
async function start(db, exec) {
  const channel = await (await amqp.connect('amqp://x')).createChannel();
  await channel.consume('jobs', async (message) => {
    const job = JSON.parse(message.content.toString());
    await db.query('SELECT * FROM orders WHERE id = $1', [job.id]);
    channel.ack(message);
  });
}

// --- sockets that another file hands in
module.exports = function (io, db) {
  io.on('connection', function (socket) {
    socket.on('find', function (msg) {
      db.query("SELECT * FROM messages WHERE room = '" + msg.room + "'", done); // ! critical sql-injection
      db.query('SELECT * FROM messages WHERE room = ?', [msg.room], done);
    });
  });
};

// --- a handler of Koa that another file registers
const knex = require('knex')({ client: 'pg' });
async function report(ctx) {
  ctx.body = await knex('sales').select('id').orderByRaw(ctx.query.order + ' desc').limit(20); // ! critical sql-injection
}
async function total(ctx) {
  ctx.body = await knex('sales').where({ region: String(ctx.query.region) }).count();
}
async function render(ctx) {
  return ctx.message.text;
}
module.exports = { report, total, render };
