import { functionsAround, listAround } from '../../languages/enclosing.ts';
import type { FunctionForm } from '../../languages/form.ts';
import { sourceOf } from '../run/run.ts';
import type { Home } from '../values/value.ts';

/** Parameters that queues pass to the code that handles their messages and jobs. */
const TYPES =
  /(?:^|\.)(?:ConsumeMessage|EachMessagePayload|EachBatchPayload|KafkaMessage|ConsumerMessage|SQSEvent|SQSRecord|SQSMessage|BasicDeliver|Delivery)$|^(?:Job|bull\.Job|Bull\.Job|kafka\.Message|jetstream\.Msg|nats\.Msg|asynq\.Task|pubsub\.Message)$/;
const DECORATORS =
  /^@?(?:[\w.]+\.)?(?:shared_task|task|actor|job|EventPattern|Process|RabbitSubscribe|RabbitRPC|SqsMessageHandler|subscriber|on_message)\b/;
/** A function that is handed to one of these. */
const TAKES = /(?:^|\.)(?:consume|basic_consume|eachMessage|eachBatch|Worker|process|addWorker|define)$/;
const KEYS = /^(?:eachMessage|eachBatch|handleMessage|handleMessageBatch|on_message_callback|onMessage)$/;

/** Whether a place is in a function that works messages or jobs off, or in one that is written in such a function. */
export function isInConsumer(home: Home, form: FunctionForm | null): boolean {
  return functionsAround(home.module, form).some((one) => isConsumer(home, one));
}

function isConsumer(home: Home, form: FunctionForm): boolean {
  if (form.decorators.some(({ span }) => DECORATORS.test(sourceOf(home, span)))) return true;
  if (form.parameters.some(({ type }) => type?.kind === 'named' && TYPES.test(type.name))) return true;
  const names = form.parameters.map(({ name }) => name).filter((name) => name !== 'this');
  if (
    home.module.language === 'python' &&
    /^(?:ch|channel),\s*method,\s*(?:properties|props|header)/.test(names.join())
  )
    return true;
  if (KEYS.test(form.name)) return true;
  const outer = form.parent === null ? null : home.module.functions[form.parent];
  if (!outer || form.name !== '') return false;
  return listAround(outer, form.span).some((one) => {
    if (one.kind === 'entry') return KEYS.test(one.name);
    return (
      one.kind === 'call' &&
      TAKES.test(sourceOf(home, one.of.span)) &&
      one.arguments.some(({ value }) => value.kind === 'function' && value.id === form.id)
    );
  });
}
