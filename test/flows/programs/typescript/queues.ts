// --- jobs of BullMQ: a worker with an inline function, one with a named one, a processor of NestJS
// file: inline.ts
import { Worker } from 'bullmq';
import { exec, execFile } from 'child_process';
import { readFile } from 'fs/promises';
new Worker('pictures', async (job) => {
  exec(`convert ${job.data.file} out.png`); // ! critical command-injection
  execFile('convert', [job.data.file, 'out.png']);
  await readFile(job.data.file);
  await fetch(job.data.callback);
});
// file: named.ts
import { type Job, Worker } from 'bullmq';
import { pool } from './db';
async function work(job: Job) {
  await pool.query(`select * from orders where id = '${job.data.id}'`); // ! critical sql-injection
  await pool.query('select * from orders where id = $1', [job.data.id]);
}
export const worker = new Worker('orders', work);
// file: db.ts
import { Pool } from 'pg';
export const pool = new Pool();
// file: processor.ts
import { Processor, WorkerHost } from '@nestjs/bullmq';
import type { Job } from 'bullmq';
import { exec } from 'child_process';
@Processor('pictures')
export class Pictures extends WorkerHost {
  async process(job: Job) {
    exec(`convert ${job.data.file} out.png`); // ! critical command-injection
    exec('convert in.png out.png');
  }
}

// --- messages of SQS
// file: poll.ts
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { exec, execFile } from 'child_process';
const sqs = new SQSClient({});
export async function poll(QueueUrl: string) {
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  for (const message of Messages ?? []) {
    const job = JSON.parse(message.Body!);
    exec(`convert ${job.file} out.png`); // ! critical command-injection
    execFile('convert', [`./in/${Number(job.id)}.png`, 'out.png']);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle! }));
  }
}
// file: consumer.ts
import { Consumer } from 'sqs-consumer';
import { exec } from 'child_process';
const app = Consumer.create({
  queueUrl: 'https://sqs.eu-west-1.amazonaws.com/1/pictures',
  handleMessage: async (message) => {
    const job = JSON.parse(message.Body);
    exec(`convert ${job.file} out.png`); // ! critical command-injection
  },
});
app.start();

// --- patterns of NestJS, with and without a decorator of the parameter
import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, MessagePattern, Payload, RmqContext } from '@nestjs/microservices';
import { RabbitSubscribe } from '@golevelup/nestjs-rabbitmq';
import { exec, execFile } from 'child_process';
@Controller()
export class Pictures {
  @EventPattern('pictures')
  async made(@Payload() job: any) {
    exec(`convert ${job.file} out.png`); // ! critical command-injection
  }
  @MessagePattern({ cmd: 'resize' })
  async resize(job: any, @Ctx() context: RmqContext) {
    exec(`convert ${job.file} out.png`); // ! critical command-injection
    execFile('convert', ['in.png', 'out.png']);
    context.getChannelRef().ack(context.getMessage());
  }
  @RabbitSubscribe({ exchange: 'pictures', routingKey: 'made', queue: 'pictures' })
  async crop(job: { file: string }) {
    exec(`convert ${job.file} out.png`); // ! critical command-injection
  }
}
